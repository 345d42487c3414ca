/**
 * From texts to batches of token ids: the tokenizer of a checkpoint, truncation that is counted,
 * padding, and the masks and positions that encoders need. Imports {@link dev.embedlab.config} and
 * {@link dev.embedlab.nn}.
 */
package dev.embedlab.input;
