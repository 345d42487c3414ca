/**
 * The vocabularies and the algorithms that split one word into pieces: WordPiece, BPE, Unigram,
 * word-level. Imports nothing of this library, and knows nothing of how a vocabulary was trained.
 */
package dev.embedlab.tokenize.model;
