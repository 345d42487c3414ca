/**
 * Reading and writing {@code tokenizer.json}, the file format shared with Hugging Face tokenizers.
 * Imports the other tokenizer packages and Jackson.
 */
package dev.embedlab.tokenize.json;
