/**
 * Cutting documents into parts a model can read, and folding what was found for the parts back to
 * the documents. Imports the tokenizer interface and {@code data}.
 */
package dev.embedlab.tokenize.chunk;
