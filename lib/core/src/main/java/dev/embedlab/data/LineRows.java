package dev.embedlab.data;

import java.nio.file.Path;
import java.util.NoSuchElementException;

/** Rows of a file with one row a line; lines that {@link #isRow} refuses are passed over. */
abstract class LineRows implements RowReader {

  private final Lines lines;
  private String pending;
  private BadRowException failure;

  LineRows(Path path) {
    this.lines = Lines.open(path);
  }

  /** Whether a line holds a row; asked once of every line, in their order. */
  abstract boolean isRow(String line);

  /**
   * @throws BadRowException if the line cannot be read
   */
  abstract Row parse(String line);

  final String file() {
    return lines.file();
  }

  final long number() {
    return lines.number();
  }

  @Override
  public final boolean hasNext() {
    while (pending == null && failure == null && lines.hasNext()) {
      try {
        String line = lines.next();
        pending = isRow(line) ? line : null;
      } catch (BadRowException e) {
        failure = e;
      }
    }
    return pending != null || failure != null;
  }

  @Override
  public final Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more rows in " + lines.file());
    }
    String line = pending;
    BadRowException refused = failure;
    pending = null;
    failure = null;
    if (refused != null) {
      throw refused;
    }
    return parse(line);
  }

  @Override
  public final void close() {
    lines.close();
  }
}
