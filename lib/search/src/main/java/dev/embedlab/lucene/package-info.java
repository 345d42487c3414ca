/**
 * Lucene indexes behind the retriever and vector index interfaces: BM25 with its analyzers, and
 * HNSW. Imports {@code data}, {@code search}, {@code vector} and {@code encode} of the core.
 */
package dev.embedlab.lucene;
