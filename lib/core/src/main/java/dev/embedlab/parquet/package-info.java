/**
 * Reads Parquet files through DuckDB, which must be on the class path for it. Imports only {@link
 * dev.embedlab.data}.
 */
package dev.embedlab.parquet;
