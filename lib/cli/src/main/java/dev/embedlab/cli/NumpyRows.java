package dev.embedlab.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * NumPy's {@code .npy} format, version 1.0: a header of fixed length, filled in at the end when the
 * number of rows is known, then little-endian 32-bit floats.
 *
 * <p>Source: NumPy, {@code numpy.lib.format}.
 */
final class NumpyRows extends RowFile {

  private static final int HEADER = 128;

  private final FileChannel channel;
  private final int columns;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private long rows;

  /**
   * @param columns 0 for a vector instead of a matrix
   */
  NumpyRows(Path target, int columns) throws IOException {
    super(target);
    this.columns = columns;
    this.channel =
        FileChannel.open(temporary(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.position(HEADER);
  }

  @Override
  void write(float[] row) throws IOException {
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

  @Override
  void finish() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    flush();
    ByteBuffer header = ByteBuffer.wrap(header());
    while (header.hasRemaining()) {
      channel.write(header, header.position());
    }
    channel.close();
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
