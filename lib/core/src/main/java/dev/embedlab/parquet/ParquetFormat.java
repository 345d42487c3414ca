package dev.embedlab.parquet;

import dev.embedlab.data.BadRowException;
import dev.embedlab.data.RowReader;
import dev.embedlab.data.TableFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Parquet files, found by {@link dev.embedlab.data.TableFile} through the service loader. */
public final class ParquetFormat implements TableFormat {

  @Override
  public Set<String> endings() {
    return Set.of("parquet");
  }

  @Override
  public RowReader open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new BadRowException(file.toString(), 0, "", "there is no such file");
    }
    try {
      Class.forName("org.duckdb.DuckDBDriver");
    } catch (ClassNotFoundException e) {
      throw new BadRowException(
          file.toString(), 0, "", "Parquet needs org.duckdb:duckdb_jdbc on the class path; add it");
    }
    return new ParquetRows(file);
  }
}
