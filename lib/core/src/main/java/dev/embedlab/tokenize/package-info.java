/**
 * Text to ids and back: the tokenizer interface, its encodings, and the pipeline of normalizer,
 * pre-tokenizer, model, post-processor and decoder that Hugging Face {@code tokenizer.json} files
 * describe. Its sub-packages hold the steps (text, split, model), training (train), files (json),
 * measurements (inspect), chunking and rewriting; it imports nothing else of this library.
 */
package dev.embedlab.tokenize;
