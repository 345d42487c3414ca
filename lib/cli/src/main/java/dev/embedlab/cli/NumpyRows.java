package dev.embedlab.cli;

import dev.embedlab.data.NpyWriter;
import java.io.IOException;
import java.nio.file.Path;

/** A NumPy matrix of 32-bit floats. */
final class NumpyRows extends RowFile {

  private final NpyWriter writer;

  /**
   * @param columns 0 for a vector instead of a matrix
   */
  NumpyRows(Path target, int columns) throws IOException {
    super(target);
    this.writer = new NpyWriter(temporary(), columns);
  }

  @Override
  void write(float[] row) throws IOException {
    writer.write(row);
  }

  @Override
  void finish() throws IOException {
    writer.close();
  }
}
