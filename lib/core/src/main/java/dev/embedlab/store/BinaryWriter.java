package dev.embedlab.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes little-endian numbers with a checksum behind them; see {@link BinaryReader}. */
public final class BinaryWriter {

  static final long MAGIC = 0x5844495f42414c45L; // "ELAB_IDX" in little-endian order

  private final OutputStream out;

  private BinaryWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes a file: first beside its place, then moved there whole.
   *
   * @param kind what the file is, for example {@code ivf}
   * @param fingerprint of the model and data the content is of
   */
  public static void write(
      Path file, String kind, String fingerprint, Consumer<BinaryWriter> content)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, file.getFileName().toString(), ".part");
    try {
      CRC32C crc = new CRC32C();
      try (var stream = Files.newOutputStream(temporary);
          var buffered = new java.io.BufferedOutputStream(stream, 1 << 16)) {
        BinaryWriter writer = new BinaryWriter(new CheckedOutputStream(buffered, crc));
        writer.longs(MAGIC);
        writer.string(kind);
        writer.string(fingerprint);
        content.accept(writer);
        new BinaryWriter(buffered).longs(crc.getValue());
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  public void integer(int value) {
    put(buffer(4).putInt(value));
  }

  public void longs(long value) {
    put(buffer(8).putLong(value));
  }

  public void string(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    integer(bytes.length);
    bytes(bytes);
  }

  /** The number of values, then the values. */
  public void ints(int[] values) {
    ByteBuffer buffer = buffer(4 + 4 * values.length).putInt(values.length);
    for (int value : values) {
      buffer.putInt(value);
    }
    put(buffer);
  }

  public void floats(float[] values) {
    ByteBuffer buffer = buffer(4 * values.length);
    for (float value : values) {
      buffer.putFloat(value);
    }
    put(buffer);
  }

  public void bytes(byte[] values) {
    put(ByteBuffer.wrap(values).position(values.length));
  }

  /** Row by row. */
  public void matrix(float[][] rows) {
    for (float[] row : rows) {
      floats(row);
    }
  }

  public void segment(MemorySegment values) {
    byte[] part = new byte[1 << 16];
    for (long from = 0; from < values.byteSize(); from += part.length) {
      int count = (int) Math.min(part.length, values.byteSize() - from);
      MemorySegment.copy(values, ValueLayout.JAVA_BYTE, from, part, 0, count);
      put(ByteBuffer.wrap(part).position(count));
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void put(ByteBuffer buffer) {
    try {
      out.write(buffer.array(), 0, buffer.position());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
