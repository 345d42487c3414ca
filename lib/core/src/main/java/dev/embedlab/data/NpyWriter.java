package dev.embedlab.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes vectors row by row in NumPy's {@code .npy} format, version 1.0, which {@link NpyFile}
 * reads: a header of fixed length, filled in on closing when the number of rows is known, then
 * little-endian 32-bit floats. However many rows, the memory is that of a buffer.
 *
 * <p>Source: NumPy, {@code numpy.lib.format}.
 */
public final class NpyWriter implements AutoCloseable {

  private static final int HEADER = 128;

  private final Path file;
  private final FileChannel channel;
  private final int columns;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private long rows;

  /**
   * Creates a file.
   *
   * @param file must not be there yet
   * @param columns numbers in a row; 0 for a vector of single numbers instead of a matrix
   */
  public NpyWriter(Path file, int columns) throws IOException {
    this.file = file;
    this.columns = columns;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.position(HEADER);
  }

  /**
   * Adds a row.
   *
   * @param row {@code [columns]}
   * @throws IllegalArgumentException if it has another length
   */
  public void write(float[] row) throws IOException {
    if (row.length != Math.max(1, columns)) {
      throw new IllegalArgumentException(
          "%s has rows of %d numbers, but row %d has %d."
              .formatted(file, Math.max(1, columns), rows, row.length));
    }
    for (float value : row) {
      if (buffer.remaining() < Float.BYTES) {
        flush();
      }
      buffer.putFloat(value);
    }
    rows++;
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /** Completes the file; without effect the second time. */
  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    try (channel) {
      flush();
      ByteBuffer header = ByteBuffer.wrap(header());
      while (header.hasRemaining()) {
        channel.write(header, header.position());
      }
    }
  }

  private byte[] header() {
    String shape = columns == 0 ? "(%d,)".formatted(rows) : "(%d, %d)".formatted(rows, columns);
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }".formatted(shape);
    int length = HEADER - 10;
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    header.put((byte) 1).put((byte) 0).putShort((short) length);
    header.put(text.getBytes(StandardCharsets.US_ASCII));
    while (header.remaining() > 1) {
      header.put((byte) ' ');
    }
    return header.put((byte) '\n').array();
  }
}
