package dev.embedlab.store;

import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.Checks;
import dev.embedlab.vector.ElementType;
import dev.embedlab.vector.ExactIndex;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * A folder of vectors with ids, all of one model: {@code vectors.f32} holds little-endian rows that
 * NumPy's {@code memmap} reads as well, {@code ids.txt} an id a line, {@code store.json} what is
 * known of them, replaced as a whole after every append. What an interrupted append left behind the
 * end is not seen by readers and cut off by the next writer. Any number of processes may read while
 * one writes; a reader sees what was there when it opened.
 */
public final class EmbeddingStore implements AutoCloseable {

  private static final String VECTORS = "vectors.f32";
  private static final String IDS = "ids.txt";
  private static final String LOCK = "write.lock";

  private final Path folder;
  private final FileChannel lock; // null when read-only
  private StoreHeader header;
  private final List<String> ids;
  private final Map<String, Integer> rows;
  private final Arena arena = Arena.ofShared();
  private VectorMatrix matrix;

  private EmbeddingStore(Path folder, StoreHeader header, FileChannel lock) throws IOException {
    this.folder = folder;
    this.header = header;
    this.lock = lock;
    this.ids = new ArrayList<>(readIds());
    this.rows = HashMap.newHashMap(ids.size());
    for (int row = 0; row < ids.size(); row++) {
      rows.put(ids.get(row), row);
    }
    map();
  }

  /**
   * Opens a store to read.
   *
   * @param model fingerprint of the model the vectors must be of
   * @throws IOException if there is none, it is damaged, or of another model
   */
  public static EmbeddingStore open(Path folder, String model) throws IOException {
    EmbeddingStore store = new EmbeddingStore(folder, header(folder, model), null);
    store.verify();
    return store;
  }

  /**
   * Opens a store to append, or begins one. One writer at a time.
   *
   * @param dimension of the vectors
   * @throws IOException also if another process is writing
   */
  public static EmbeddingStore openOrCreate(Path folder, String model, int dimension)
      throws IOException {
    Files.createDirectories(folder);
    FileChannel lock = lock(folder);
    try {
      if (!Files.exists(folder.resolve(StoreHeader.FILE))) {
        Files.write(folder.resolve(VECTORS), new byte[0]);
        Files.write(folder.resolve(IDS), new byte[0]);
        StoreHeader.empty(model, dimension).write(folder);
      }
      StoreHeader header = header(folder, model);
      if (header.dimension() != dimension) {
        throw new IOException(
            "%s holds vectors of %d dimensions, not %d."
                .formatted(folder, header.dimension(), dimension));
      }
      EmbeddingStore store = new EmbeddingStore(folder, header, lock);
      store.verify();
      store.cutOff();
      return store;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
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

  private static StoreHeader header(Path folder, String model) throws IOException {
    StoreHeader header = StoreHeader.read(folder);
    if (!header.model().equals(model)) {
      throw new IOException(
          "%s holds vectors of the model '%s', but '%s' is asked for: use another folder."
              .formatted(folder, header.model(), model));
    }
    return header;
  }

  private List<String> readIds() throws IOException {
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

  private void map() throws IOException {
    if (header.size() > 0) {
      Path file = folder.resolve(VECTORS);
      matrix =
          VectorMatrix.map(file, 0, ElementType.FLOAT32, header.size(), header.dimension(), arena);
    }
  }

  /** Reads everything once and compares checksums. */
  private void verify() throws IOException {
    int from = 0;
    for (StoreHeader.Part part : header.parts()) {
      String lines = String.join("\n", ids.subList(from, from + part.size())) + "\n";
      if (crc(lines.getBytes(StandardCharsets.UTF_8)) != part.idChecksum()) {
        throw damaged(IDS + " does not fit its checksum");
      }
      if (checksum(from, part.size()) != part.checksum()) {
        throw damaged(
            "rows %d to %d of %s do not fit their checksum"
                .formatted(from, from + part.size() - 1, VECTORS));
      }
      from += part.size();
    }
  }

  private static long crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }

  private long checksum(int from, int count) {
    CRC32C crc = new CRC32C();
    int step = Math.max(1, (1 << 26) / matrix.bytesPerVector());
    for (int row = from; row < from + count; row += step) {
      long bytes = (long) Math.min(step, from + count - row) * matrix.bytesPerVector();
      crc.update(matrix.data().asSlice((long) row * matrix.bytesPerVector(), bytes).asByteBuffer());
    }
    return crc.getValue();
  }

  private IOException damaged(String why) {
    return new IOException(
        "%s is damaged (%s): delete the folder and embed again.".formatted(folder, why));
  }

  /** Removes what an interrupted append left. */
  private void cutOff() throws IOException {
    truncate(VECTORS, (long) header.size() * header.dimension() * Float.BYTES);
    truncate(IDS, header.idBytes());
  }

  private void truncate(String name, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(name), StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  /**
   * Appends vectors; they are on disk when this returns.
   *
   * @param newIds not in the store yet, without line breaks
   * @param vectors {@code [n][dimension]}
   */
  public synchronized void append(List<String> newIds, float[][] vectors) throws IOException {
    if (lock == null) {
      throw new IllegalStateException("%s was opened to read only.".formatted(folder));
    }
    Checks.vectors(vectors, header.dimension(), "Vector");
    if (newIds.size() != vectors.length) {
      throw new IllegalArgumentException(
          "%d ids but %d vectors.".formatted(newIds.size(), vectors.length));
    }
    checkIds(newIds);
    if (vectors.length == 0) {
      return;
    }
    byte[] lines = (String.join("\n", newIds) + "\n").getBytes(StandardCharsets.UTF_8);
    long checksum = writeVectors(vectors);
    write(IDS, header.idBytes(), ByteBuffer.wrap(lines));
    header = header.with(new StoreHeader.Part(vectors.length, checksum, lines.length, crc(lines)));
    header.write(folder);
    for (String id : newIds) {
      rows.put(id, ids.size());
      ids.add(id);
    }
    map(); // the earlier mapping stays valid until this store is closed
  }

  private void checkIds(List<String> newIds) {
    if (newIds.stream().distinct().count() < newIds.size()) {
      throw new IllegalArgumentException("An id stands twice among those to append.");
    }
    for (String id : newIds) {
      if (id.isEmpty() || id.indexOf('\n') >= 0 || id.indexOf('\r') >= 0 || rows.containsKey(id)) {
        throw new IllegalArgumentException(
            "The id '%s' is empty, has a line break or is in the store already.".formatted(id));
      }
    }
  }

  private long writeVectors(float[][] vectors) throws IOException {
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

  public int size() {
    return header.size();
  }

  public int dimension() {
    return header.dimension();
  }

  /** In the order they were appended. */
  public List<String> ids() {
    return List.copyOf(ids);
  }

  /** Row of an id; empty if it is not there. */
  public OptionalInt row(String id) {
    Integer row = rows.get(id);
    return row == null ? OptionalInt.empty() : OptionalInt.of(row);
  }

  /** The vector in a row, {@code [dimension]}. */
  public float[] vector(int row) {
    return matrix.row(row);
  }

  /**
   * All vectors, mapped; valid until the store is closed.
   *
   * @throws IllegalStateException if the store is empty
   */
  public VectorMatrix vectors() {
    if (matrix == null) {
      throw new IllegalStateException("%s holds no vectors yet.".formatted(folder));
    }
    return matrix;
  }

  /** Exact search over the mapped vectors, which may be more than fit in memory. */
  public ExactIndex index(Similarity similarity) {
    return ExactIndex.over(vectors(), similarity);
  }

  @Override
  public void close() throws IOException {
    arena.close();
    if (lock != null) {
      lock.close();
    }
  }
}
