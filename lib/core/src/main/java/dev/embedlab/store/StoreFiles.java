package dev.embedlab.store;

import dev.embedlab.vector.ElementType;
import dev.embedlab.vector.VectorMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The rows and ids of an {@link EmbeddingStore} on disk. How much of the files counts is said by
 * the header, which is written last.
 *
 * @param folder of the store
 */
record StoreFiles(Path folder) {

  private static final String VECTORS = "vectors.f32";
  private static final String IDS = "ids.txt";
  private static final String LOCK = "write.lock";

  /** Begins empty files. */
  void create() throws IOException {
    Files.write(folder.resolve(VECTORS), new byte[0]);
    Files.write(folder.resolve(IDS), new byte[0]);
  }

  /** Held by the one writer until it is closed. */
  FileChannel lock() throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock got = channel.tryLock();
      if (got != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // held by this process: the same answer
    }
    channel.close();
    throw new IOException("%s is being written: wait, or open it to read.".formatted(folder));
  }

  List<String> ids(StoreHeader header) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(header.idBytes())];
    try (FileChannel channel = FileChannel.open(folder.resolve(IDS), StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      if (buffer.hasRemaining()) {
        throw damaged(IDS + " was cut short");
      }
    }
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    if (lines.size() != header.size()) {
      throw damaged(IDS + " names %d vectors, not %d".formatted(lines.size(), header.size()));
    }
    return lines;
  }

  /** All rows, mapped until the arena is closed. */
  VectorMatrix map(StoreHeader header, Arena arena) throws IOException {
    Path file = folder.resolve(VECTORS);
    return VectorMatrix.map(file, 0, ElementType.FLOAT32, header.size(), header.dimension(), arena);
  }

  /** Reads everything once and compares checksums. */
  void verify(StoreHeader header, List<String> ids, VectorMatrix matrix) throws IOException {
    int from = 0;
    for (StoreHeader.Part part : header.parts()) {
      if (crc(lines(ids.subList(from, from + part.size()))) != part.idChecksum()) {
        throw damaged(IDS + " does not fit its checksum");
      }
      if (checksum(matrix, from, part.size()) != part.checksum()) {
        throw damaged(
            "rows %d to %d of %s do not fit their checksum"
                .formatted(from, from + part.size() - 1, VECTORS));
      }
      from += part.size();
    }
  }

  private static long checksum(VectorMatrix matrix, int from, int count) {
    CRC32C crc = new CRC32C();
    int step = Math.max(1, (1 << 26) / matrix.bytesPerVector());
    for (int row = from; row < from + count; row += step) {
      long bytes = (long) Math.min(step, from + count - row) * matrix.bytesPerVector();
      crc.update(matrix.data().asSlice((long) row * matrix.bytesPerVector(), bytes).asByteBuffer());
    }
    return crc.getValue();
  }

  private static long crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }

  private static byte[] lines(List<String> ids) {
    return (String.join("\n", ids) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private IOException damaged(String why) {
    return new IOException(
        "%s is damaged (%s): delete the folder and embed again.".formatted(folder, why));
  }

  /** Removes what an interrupted append left. */
  void cutOff(StoreHeader header) throws IOException {
    truncate(VECTORS, (long) header.size() * header.dimension() * Float.BYTES);
    truncate(IDS, header.idBytes());
  }

  private void truncate(String name, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(name), StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  /** Writes rows and ids behind the end and forces them to disk; says what the header must say. */
  StoreHeader.Part append(StoreHeader header, List<String> ids, float[][] vectors)
      throws IOException {
    byte[] lines = lines(ids);
    long checksum = writeVectors(header, vectors);
    write(IDS, header.idBytes(), ByteBuffer.wrap(lines));
    return new StoreHeader.Part(vectors.length, checksum, lines.length, crc(lines));
  }

  private long writeVectors(StoreHeader header, float[][] vectors) throws IOException {
    CRC32C crc = new CRC32C();
    long at = (long) header.size() * header.dimension() * Float.BYTES;
    int step = 1024;
    for (int from = 0; from < vectors.length; from += step) {
      int to = Math.min(vectors.length, from + step);
      ByteBuffer buffer =
          ByteBuffer.allocate((to - from) * header.dimension() * Float.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
      for (int row = from; row < to; row++) {
        for (float value : vectors[row]) {
          buffer.putFloat(value);
        }
      }
      crc.update(buffer.array());
      buffer.flip();
      int bytes = buffer.remaining();
      write(VECTORS, at, buffer);
      at += bytes;
    }
    return crc.getValue();
  }

  private void write(String name, long at, ByteBuffer bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(name), StandardOpenOption.WRITE)) {
      long to = at;
      while (bytes.hasRemaining()) {
        to += channel.write(bytes, to);
      }
      channel.force(false);
    }
  }
}
