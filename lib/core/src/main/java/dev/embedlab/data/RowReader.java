package dev.embedlab.data;

import java.util.Iterator;

/**
 * Rows of one file, read one after the other. {@link #next()} throws {@link BadRowException} for a
 * row that cannot be read; the reader then stands behind it and can go on.
 */
public interface RowReader extends Iterator<Row>, AutoCloseable {

  @Override
  void close();
}
