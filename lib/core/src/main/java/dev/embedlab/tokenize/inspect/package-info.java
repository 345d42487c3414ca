/**
 * What a tokenizer does to text, in numbers and in colour: fertility, unknown pieces, vocabulary
 * use, and what a context window cuts. Imports the tokenizer interface and {@code data}.
 */
package dev.embedlab.tokenize.inspect;
