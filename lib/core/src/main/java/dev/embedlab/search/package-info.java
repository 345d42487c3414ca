/**
 * Search systems: queries in, a run out. Dense retrieval, fusion of several systems, reranking and
 * late interaction; imports {@code data}, {@code metrics}, {@code encode} and {@code vector}.
 */
package dev.embedlab.search;
