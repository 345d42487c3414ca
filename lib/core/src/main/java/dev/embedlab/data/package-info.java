/**
 * Retrieval data as the field names it: corpus, queries, qrels and runs, and the files they live
 * in. Imports nothing of this library but {@link dev.embedlab.progress}.
 */
package dev.embedlab.data;
