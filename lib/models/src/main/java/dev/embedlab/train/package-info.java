/**
 * Trains text encoders: examples, batch samplers, trainable encoders and the loop that joins them
 * with a loss and an optimizer. Imports {@link dev.embedlab.encode}, {@link dev.embedlab.data},
 * {@link dev.embedlab.tokenize} and {@link dev.embedlab.progress} of the core.
 */
package dev.embedlab.train;
