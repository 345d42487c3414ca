/**
 * Word2Vec trained in plain Java, and the encoder that averages its vectors into one per text.
 * Imports only {@link dev.embedlab.encode} and {@link dev.embedlab.progress} of this library.
 */
package dev.embedlab.word2vec;
