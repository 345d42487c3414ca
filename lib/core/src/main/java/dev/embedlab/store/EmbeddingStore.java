package dev.embedlab.store;

import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.Checks;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.VectorMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A folder of vectors with ids, all of one model: {@code vectors.f32} holds little-endian rows that
 * NumPy's {@code memmap} reads as well, {@code ids.txt} an id a line, {@code store.json} what is
 * known of them, replaced as a whole after every append. What an interrupted append left behind the
 * end is not seen by readers and cut off by the next writer. Any number of processes may read while
 * one writes; a reader sees what was there when it opened.
 */
public final class EmbeddingStore implements AutoCloseable {

  private final Path folder;
  private final StoreFiles files;
  private final FileChannel lock; // null when read-only
  private StoreHeader header;
  private final List<String> ids;
  private final Map<String, Integer> rows;
  private final Arena arena = Arena.ofShared();
  private VectorMatrix matrix;

  private EmbeddingStore(Path folder, StoreHeader header, FileChannel lock) throws IOException {
    this.folder = folder;
    this.files = new StoreFiles(folder);
    this.header = header;
    this.lock = lock;
    this.ids = new ArrayList<>(files.ids(header));
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
    StoreFiles files = new StoreFiles(folder);
    FileChannel lock = files.lock();
    try {
      if (!Files.exists(folder.resolve(StoreHeader.FILE))) {
        files.create();
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
      files.cutOff(header);
      return store;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
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

  private void map() throws IOException {
    if (header.size() > 0) {
      matrix = files.map(header, arena);
    }
  }

  private void verify() throws IOException {
    try {
      files.verify(header, ids, matrix);
    } catch (IOException e) {
      arena.close();
      throw e;
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
    header = header.with(files.append(header, newIds, vectors));
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
