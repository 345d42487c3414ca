/**
 * Approximate search that is small enough to read: inverted files, two-stage search, and the files
 * indexes are kept in. Imports {@code vector}, {@code compress} and {@code encode} only.
 */
package dev.embedlab.index;
