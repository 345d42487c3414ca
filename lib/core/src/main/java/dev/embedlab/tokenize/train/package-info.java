/**
 * Learning vocabularies from text, step by step as the reference implementation does, ties
 * included. Imports the other tokenizer packages only.
 */
package dev.embedlab.tokenize.train;
