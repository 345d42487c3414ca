package dev.embedlab.compress;

import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.Checks;
import dev.embedlab.vector.VectorIndex;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Product quantization (Jegou, Douze and Schmid 2011): the vector is cut into m parts, and each
 * part becomes the number of the nearest of 256 centroids, one byte. With a rotation in front it is
 * OPQ (Ge et al. 2013), see {@link RotationTrainer}.
 */
public final class ProductQuantizer implements Codec {

  /** Centroids of a part, so that a number fits a byte. */
  public static final int CENTROIDS = 256;

  private static final int ITERATIONS = 25;

  private final KMeans[] parts; // [m]
  private final int width;
  private final Rotation rotation;

  private ProductQuantizer(KMeans[] parts, int width, Rotation rotation) {
    this.parts = parts;
    this.width = width;
    this.rotation = rotation;
  }

  /**
   * Trains the centroids.
   *
   * @param vectors {@code [n][dim]}, 256 or more, 10,000 or more for good centroids
   * @param m bytes a vector; must divide dim
   */
  public static ProductQuantizer train(float[][] vectors, int m, long seed) {
    return train(vectors, m, ITERATIONS, seed, null);
  }

  /**
   * Trains a rotation that spreads the information evenly over the parts, then the centroids. Takes
   * several times as long as {@link #train}.
   */
  public static ProductQuantizer trainOptimized(float[][] vectors, int m, long seed) {
    Rotation rotation = RotationTrainer.train(vectors, m, seed);
    return train(rotation.apply(vectors), m, ITERATIONS, seed, rotation);
  }

  static ProductQuantizer train(
      float[][] vectors, int m, int iterations, long seed, Rotation rotation) {
    int dim = Checks.vectors(vectors, "Training vector");
    if (m < 1 || dim % m != 0) {
      throw new IllegalArgumentException(
          "%d dimensions cannot be cut into %d equal parts: choose a divisor of %d."
              .formatted(dim, m, dim));
    }
    if (vectors.length < CENTROIDS) {
      throw new IllegalArgumentException(
          "Product quantization needs %d training vectors or more, but there are %d."
              .formatted(CENTROIDS, vectors.length));
    }
    int width = dim / m;
    KMeans[] parts = new KMeans[m];
    for (int part = 0; part < m; part++) {
      parts[part] =
          KMeans.train(cut(vectors, part * width, width), CENTROIDS, iterations, seed + part);
    }
    return new ProductQuantizer(parts, width, rotation);
  }

  /**
   * A quantizer with known centroids.
   *
   * @param centroids {@code [m][256][dim / m]}
   * @param rotation in front of it
   */
  public static ProductQuantizer of(float[][][] centroids, Optional<Rotation> rotation) {
    KMeans[] parts = Arrays.stream(centroids).map(KMeans::of).toArray(KMeans[]::new);
    return new ProductQuantizer(parts, centroids[0][0].length, rotation.orElse(null));
  }

  @Override
  public String name() {
    return (rotation == null ? "PQ" : "OPQ") + parts.length;
  }

  @Override
  public int dimension() {
    return parts.length * width;
  }

  @Override
  public int bytesPerVector() {
    return parts.length;
  }

  /** The rotation in front, if there is one. */
  public Optional<Rotation> rotation() {
    return Optional.ofNullable(rotation);
  }

  /** {@code [m][256][dim / m]}; do not change. */
  public float[][][] centroids() {
    return Arrays.stream(parts).map(KMeans::centroids).toArray(float[][][]::new);
  }

  @Override
  public Codes encode(float[][] vectors) {
    Checks.vectors(vectors, dimension(), "Vector");
    float[][] rotated = rotation == null ? vectors : rotation.apply(vectors);
    Codes codes = Codes.allocate(vectors.length, parts.length);
    for (int part = 0; part < parts.length; part++) {
      int[] nearest = parts[part].assign(cut(rotated, part * width, width));
      for (int n = 0; n < nearest.length; n++) {
        codes.data().set(ValueLayout.JAVA_BYTE, (long) n * parts.length + part, (byte) nearest[n]);
      }
    }
    return codes;
  }

  @Override
  public float[][] decode(Codes codes) {
    float[][] vectors = new float[codes.size()][dimension()];
    for (int n = 0; n < vectors.length; n++) {
      decode(codes.data(), (long) n * parts.length, vectors[n]);
    }
    return rotation == null ? vectors : rotation.invert(vectors);
  }

  /** Decodes one code, still rotated. */
  private void decode(MemorySegment codes, long at, float[] out) {
    for (int part = 0; part < parts.length; part++) {
      int code = codes.get(ValueLayout.JAVA_BYTE, at + part) & 0xff;
      System.arraycopy(parts[part].centroids()[code], 0, out, part * width, width);
    }
  }

  @Override
  public VectorIndex index(Codes codes, Similarity similarity) {
    return new PqIndex(this, codes, similarity);
  }

  /**
   * What each part of a vector adds to the score, for every centroid: the asymmetric distance
   * table.
   *
   * @param query {@code [dim]}, not rotated yet
   * @param euclidean whether the table holds squared distances, else dot products
   * @return {@code [m * 256]}
   */
  public float[] table(float[] query, boolean euclidean) {
    float[] rotated = rotation == null ? query : rotation.apply(new float[][] {query})[0];
    float[] table = new float[parts.length * CENTROIDS];
    for (int part = 0; part < parts.length; part++) {
      float[][] centroids = parts[part].centroids();
      for (int c = 0; c < CENTROIDS; c++) {
        table[part * CENTROIDS + c] = compare(rotated, part * width, centroids[c], euclidean);
      }
    }
    return table;
  }

  private static float compare(float[] query, int from, float[] centroid, boolean euclidean) {
    float sum = 0;
    for (int i = 0; i < centroid.length; i++) {
      float difference = query[from + i] - centroid[i];
      sum += euclidean ? difference * difference : query[from + i] * centroid[i];
    }
    return sum;
  }

  private static float[][] cut(float[][] vectors, int from, int width) {
    return IntStream.range(0, vectors.length)
        .mapToObj(n -> Arrays.copyOfRange(vectors[n], from, from + width))
        .toArray(float[][]::new);
  }
}
