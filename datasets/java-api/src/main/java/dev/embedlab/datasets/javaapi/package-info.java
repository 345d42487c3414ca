/**
 * Builds the {@code java-api} retrieval data set: what a public Java member does (the first
 * sentence of its Javadoc) is the query, the rest of its documentation is the document to find.
 * Imports {@link dev.embedlab.data} and the compiler's own tree API.
 */
package dev.embedlab.datasets.javaapi;
