package dev.embedlab.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * Reads what {@link BinaryWriter} wrote. The checksum over all bytes is compared before anything is
 * believed, and no read goes beyond the end even so.
 */
public final class BinaryReader {

  private static final int CHECKSUM = Long.BYTES;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment data;
  private long at;

  private BinaryReader(MemorySegment data) {
    this.data = data;
  }

  /**
   * Reads a file.
   *
   * @param kind the file has to be of
   * @param fingerprint the file has to have been written with
   * @param content reads all there is, in the order in which it was written
   * @throws IOException in one sentence, if the file is not what is expected
   */
  public static <T> T read(
      Path file, String kind, String fingerprint, Function<BinaryReader, T> content)
      throws IOException {
    try (Arena arena = Arena.ofShared();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < 3 * Long.BYTES) {
        throw damaged(file, "it has only %d bytes".formatted(channel.size()));
      }
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      BinaryReader reader = new BinaryReader(all.asSlice(0, all.byteSize() - CHECKSUM));
      reader.checkMagic(file);
      if (checksum(reader.data) != all.get(LONG, all.byteSize() - CHECKSUM)) {
        throw damaged(file, "its checksum does not fit its content");
      }
      reader.checkHeader(file, kind, fingerprint);
      T value = content.apply(reader);
      if (reader.at != reader.data.byteSize()) {
        throw damaged(file, "something follows the end of the index");
      }
      return value;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw damaged(file, e.getMessage());
    }
  }

  private static IOException damaged(Path file, String why) {
    return new IOException(
        "%s is damaged or cut short (%s): build the index again.".formatted(file, why));
  }

  private void checkMagic(Path file) throws IOException {
    long magic = longs();
    if (magic == Long.reverseBytes(BinaryWriter.MAGIC)) {
      throw new IOException(
          "%s was written in big-endian order: build the index again.".formatted(file));
    }
    if (magic != BinaryWriter.MAGIC) {
      throw new IOException("%s is not an index of this library.".formatted(file));
    }
  }

  private void checkHeader(Path file, String kind, String fingerprint) throws IOException {
    String foundKind = string();
    if (!foundKind.equals(kind)) {
      throw new IOException(
          "%s is an index of kind '%s', not '%s'.".formatted(file, foundKind, kind));
    }
    String found = string();
    if (!found.equals(fingerprint)) {
      throw new IOException(
          "%s holds vectors of '%s', but '%s' is asked for: build the index again."
              .formatted(file, found, fingerprint));
    }
  }

  private static long checksum(MemorySegment data) {
    CRC32C crc = new CRC32C();
    long step = 1 << 30;
    for (long from = 0; from < data.byteSize(); from += step) {
      crc.update(data.asSlice(from, Math.min(step, data.byteSize() - from)).asByteBuffer());
    }
    return crc.getValue();
  }

  public int integer() {
    return data.get(INT, take(Integer.BYTES));
  }

  public long longs() {
    return data.get(LONG, take(Long.BYTES));
  }

  public String string() {
    return new String(bytes(integer()), StandardCharsets.UTF_8);
  }

  public int[] ints() {
    int count = integer();
    int[] values = new int[checked(count, Integer.BYTES)];
    MemorySegment.copy(data, INT, take((long) count * Integer.BYTES), values, 0, count);
    return values;
  }

  public float[] floats(int count) {
    float[] values = new float[checked(count, Float.BYTES)];
    MemorySegment.copy(data, FLOAT, take((long) count * Float.BYTES), values, 0, count);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("it holds the value " + value);
      }
    }
    return values;
  }

  public byte[] bytes(int count) {
    byte[] values = new byte[checked(count, 1)];
    MemorySegment.copy(data, ValueLayout.JAVA_BYTE, take(count), values, 0, count);
    return values;
  }

  /** {@code [rows][columns]}. */
  public float[][] matrix(int rows, int columns) {
    float[][] matrix = new float[checked(rows, columns * Float.BYTES)][];
    for (int row = 0; row < rows; row++) {
      matrix[row] = floats(columns);
    }
    return matrix;
  }

  /** A copy outside of the heap. */
  public MemorySegment segment(long count) {
    if (count < 0 || count > data.byteSize() - at) {
      throw new IllegalArgumentException("it names %d bytes at byte %d".formatted(count, at));
    }
    MemorySegment copy = Arena.ofAuto().allocate(count, 64);
    return copy.copyFrom(data.asSlice(take(count), count));
  }

  /** Refuses a number of elements that the rest of the file cannot hold. */
  private int checked(int count, int each) {
    if (count < 0 || each < 0 || (long) count * each > data.byteSize() - at) {
      throw new IllegalArgumentException("it names %d elements at byte %d".formatted(count, at));
    }
    return count;
  }

  private long take(long bytes) {
    long from = at;
    if (bytes > data.byteSize() - at) {
      throw new IllegalArgumentException("it ends at byte " + data.byteSize());
    }
    at += bytes;
    return from;
  }
}
