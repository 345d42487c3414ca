/**
 * Searching dense vectors: exact top-k with the Vector API, approximate indexes, and the memory
 * they lie in. Imports {@code encode} (for {@link dev.embedlab.encode.Similarity}) and {@code
 * progress}, nothing else of this library.
 */
package dev.embedlab.vector;
