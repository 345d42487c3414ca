/**
 * Embeddings on disk: written once, mapped by many, never computed twice; and the checked files
 * that other packages keep indexes and codecs in. Imports {@code vector} and {@code encode}.
 */
package dev.embedlab.store;
