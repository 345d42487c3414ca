/** Lucene indexes behind the retriever interface: BM25 and HNSW. */
package dev.embedlab.lucene;
