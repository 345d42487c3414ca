package dev.embedlab.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A file of rows of numbers that is written beside its place and moved there by {@link #commit};
 * without that, closing leaves nothing behind.
 */
abstract class RowFile implements AutoCloseable {

  private final Path target;
  private final Path temporary;

  RowFile(Path target) {
    this.target = target;
    this.temporary =
        target.resolveSibling("%s.%s.part".formatted(target.getFileName(), UUID.randomUUID()));
  }

  /**
   * @param field name of the row in JSON Lines
   * @param columns numbers in a row; 0 for single numbers
   */
  static RowFile create(Path target, String field, int columns) throws IOException {
    return target.getFileName().toString().endsWith(".npy")
        ? new NumpyRows(target, columns)
        : new JsonRows(target, field, columns);
  }

  /** Where the rows go until they are complete. */
  Path temporary() {
    return temporary;
  }

  /** Adds a row. */
  final void add(float[] row) {
    try {
      write(row);
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(target, e.getMessage()), e);
    }
  }

  abstract void write(float[] row) throws IOException;

  /** Completes the content of the temporary file and closes it; may be called twice. */
  abstract void finish() throws IOException;

  /** Puts the file in its place, over one of the same name. */
  final void commit() throws IOException {
    finish();
    try {
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public final void close() throws IOException {
    try {
      finish();
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
