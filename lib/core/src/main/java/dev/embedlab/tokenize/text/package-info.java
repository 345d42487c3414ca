/**
 * Text on its way to a tokenizer: normalizers, and the alignment that says where each normalized
 * character came from. Imports nothing of this library.
 */
package dev.embedlab.tokenize.text;
