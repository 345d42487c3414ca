/**
 * Pre-tokenizers: how normalized text is cut into the words a model then splits into pieces.
 * Imports only {@code text}.
 */
package dev.embedlab.tokenize.split;
