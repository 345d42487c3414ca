package dev.embedlab.vector;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Vectors in rows, of any {@link ElementType}, wherever they lie: on the heap, outside of it or in
 * a mapped file, which may be larger than memory.
 */
public final class VectorMatrix {

  private final ElementType type;
  private final int size;
  private final int dimension;
  private final MemorySegment data;

  private VectorMatrix(ElementType type, int size, int dimension, MemorySegment data) {
    this.type = requireNonNull(type, "type");
    this.size = size;
    this.dimension = dimension;
    this.data = data;
  }

  /**
   * Vectors that are in memory already; the segment is not copied.
   *
   * @param data {@code [size][dimension]}, rows without gaps
   * @throws IllegalArgumentException if the segment has another length
   */
  public static VectorMatrix over(MemorySegment data, ElementType type, int size, int dimension) {
    if (size < 0 || dimension < 1) {
      throw new IllegalArgumentException(
          "A matrix of %d vectors with %d dimensions cannot be.".formatted(size, dimension));
    }
    long expected = (long) size * type.bytesPerVector(dimension);
    if (data.byteSize() != expected) {
      throw new IllegalArgumentException(
          "%d vectors of %d dimensions as %s take %d bytes, but there are %d."
              .formatted(size, dimension, type, expected, data.byteSize()));
    }
    return new VectorMatrix(type, size, dimension, data);
  }

  /**
   * Copies vectors out of the heap.
   *
   * @param vectors {@code [size][dim]}
   * @param type FLOAT32, FLOAT16 or BFLOAT16, rounded to nearest even; BIT by sign (greater than 0)
   */
  public static VectorMatrix copyOf(float[][] vectors, ElementType type) {
    int dim = Checks.vectors(vectors, "Vector");
    VectorMatrix matrix = allocate(type, vectors.length, dim);
    for (int row = 0; row < vectors.length; row++) {
      Elements.write(vectors[row], type, matrix.data, (long) row * matrix.bytesPerVector());
    }
    return matrix;
  }

  /** Zeros outside of the heap, freed when nobody holds the matrix any longer. */
  public static VectorMatrix allocate(ElementType type, int size, int dimension) {
    long bytes = (long) size * type.bytesPerVector(dimension);
    return over(Arena.ofAuto().allocate(bytes, 64), type, size, dimension);
  }

  /**
   * Maps part of a file, read-only.
   *
   * @param offset where the first vector begins, in bytes
   * @param arena closing it unmaps the file
   * @throws IOException if the file cannot be read or is too short
   */
  public static VectorMatrix map(
      Path file, long offset, ElementType type, int size, int dimension, Arena arena)
      throws IOException {
    long bytes = (long) size * type.bytesPerVector(dimension);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < offset + bytes) {
        throw new IOException(
            "%s has %d bytes, but %d vectors of %d dimensions need %d: it was cut short."
                .formatted(file, channel.size(), size, dimension, offset + bytes));
      }
      MemorySegment data = channel.map(FileChannel.MapMode.READ_ONLY, offset, bytes, arena);
      return over(data, type, size, dimension);
    }
  }

  public ElementType type() {
    return type;
  }

  public int size() {
    return size;
  }

  public int dimension() {
    return dimension;
  }

  public MemorySegment data() {
    return data;
  }

  public long bytes() {
    return data.byteSize();
  }

  public int bytesPerVector() {
    return type.bytesPerVector(dimension);
  }

  /** One vector as floats, {@code [dimension]}. */
  public float[] row(int row) {
    float[] vector = new float[dimension];
    read(row, 1, vector);
    return vector;
  }

  /** All vectors as floats, {@code [size][dimension]}. */
  public float[][] toArray() {
    float[][] vectors = new float[size][];
    for (int row = 0; row < size; row++) {
      vectors[row] = row(row);
    }
    return vectors;
  }

  /**
   * Reads rows as floats.
   *
   * @param out filled from its start, {@code [rows][dimension]}
   */
  public void read(int from, int rows, float[] out) {
    long at = (long) from * bytesPerVector();
    if (type == ElementType.BIT) {
      float[] vector = new float[dimension];
      for (int row = 0; row < rows; row++) {
        Elements.read(type, data, at + (long) row * bytesPerVector(), vector, dimension);
        System.arraycopy(vector, 0, out, row * dimension, dimension);
      }
    } else {
      Elements.read(type, data, at, out, rows * dimension);
    }
  }

  @Override
  public String toString() {
    return "VectorMatrix[%d x %d %s]".formatted(size, dimension, type);
  }
}
