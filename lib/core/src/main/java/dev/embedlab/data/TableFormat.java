package dev.embedlab.data;

import java.nio.file.Path;
import java.util.Set;

/**
 * A file format that is read by a library of its own; found through {@link
 * java.util.ServiceLoader}.
 */
public interface TableFormat {

  /** File name endings in lower case without the dot, for example {@code parquet}. */
  Set<String> endings();

  /**
   * Opens a file.
   *
   * @throws BadRowException if it cannot be read or its library is not on the class path
   */
  RowReader open(Path file);
}
