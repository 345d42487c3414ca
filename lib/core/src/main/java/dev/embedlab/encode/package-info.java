/**
 * What an embedding model is to the rest of the library: texts in, vectors out. Implementations
 * live beside their engines; nothing here knows one.
 */
package dev.embedlab.encode;
