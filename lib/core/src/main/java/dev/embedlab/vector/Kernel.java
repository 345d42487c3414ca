package dev.embedlab.vector;

import dev.embedlab.encode.Similarity;

/**
 * Compares queries with a block of packed vectors. A block holds groups of {@link #lanes()} vectors
 * laid side by side, {@code [group][dim][lane]}, so that one load brings the same dimension of all
 * vectors of a group. Every implementation adds up dimensions in ascending order, one fused
 * multiply-add each: a score depends neither on the lane width nor on the queries and vectors
 * beside it.
 */
interface Kernel {

  /** Vectors in a group. */
  int lanes();

  /**
   * Fills {@code scores} {@code [queries][groups * lanes]}.
   *
   * @param block {@code [groups][dim][lanes]}
   * @param queries {@code [queries][dim]}, flat
   */
  void score(Metric metric, float[] block, int groups, int dim, float[] queries, float[] scores);

  /**
   * As {@link #score} with {@link Metric#DOT}, straight from int8 codes.
   *
   * @param block {@code [dim][groups * lanes]}
   */
  default void dotCodes(
      byte[] block, Affine affine, int groups, int dim, float[] queries, float[] scores) {
    float[] values = new float[block.length];
    decode(block, affine, groups, dim, values);
    score(Metric.DOT, values, groups, dim, queries, scores);
  }

  /**
   * Turns codes into values.
   *
   * @param block {@code [dim][groups * lanes]}
   * @param out {@code [groups][dim][lanes]}
   */
  default void decode(byte[] block, Affine affine, int groups, int dim, float[] out) {
    int lanes = lanes();
    for (int i = 0; i < dim; i++) {
      float scale = affine.scales()[i];
      float offset = affine.offsets()[i];
      for (int g = 0; g < groups; g++) {
        int from = (i * groups + g) * lanes;
        int to = (g * dim + i) * lanes;
        for (int lane = 0; lane < lanes; lane++) {
          out[to + lane] = Math.fma((float) block[from + lane], scale, offset);
        }
      }
    }
  }

  /**
   * The position with the largest dot product less its penalty; the lowest of equal ones.
   *
   * @param block {@code [groups][dim][lanes]}
   * @param penalties {@code [groups * lanes]}
   * @param query {@code [dim]}
   */
  default int largest(float[] block, int groups, int dim, float[] penalties, float[] query) {
    int lanes = lanes();
    int best = 0;
    float most = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < groups * lanes; c++) {
      float sum = 0;
      for (int i = 0; i < dim; i++) {
        sum = Math.fma(query[i], block[((c / lanes) * dim + i) * lanes + c % lanes], sum);
      }
      if (sum - penalties[c] > most) {
        most = sum - penalties[c];
        best = c;
      }
    }
    return best;
  }

  /**
   * Turns rows into a group.
   *
   * @param rows {@code [lanes][dim]}
   * @param block receives {@code [dim][lanes]}
   * @param at where the group begins in the block
   */
  default void pack(float[] rows, int dim, float[] block, int at) {
    int lanes = lanes();
    for (int i = 0; i < dim; i++) {
      for (int lane = 0; lane < lanes; lane++) {
        block[at + i * lanes + lane] = rows[lane * dim + i];
      }
    }
  }

  /**
   * The first index from {@code from} on whose score is at least {@code threshold}; {@code to} if
   * there is none.
   */
  default int next(float[] scores, int from, int to, float threshold) {
    int i = from;
    while (i < to && !(scores[i] >= threshold)) {
      i++;
    }
    return i;
  }

  /** What a kernel adds up; the index turns the sum into a score. */
  enum Metric {
    DOT,
    SQUARED_EUCLIDEAN,
    MANHATTAN;

    static Metric of(Similarity similarity) {
      return switch (similarity) {
        case COSINE, DOT -> DOT;
        case EUCLIDEAN -> SQUARED_EUCLIDEAN;
        case MANHATTAN -> MANHATTAN;
      };
    }
  }

  /** The fastest kernel this JVM can run. */
  static Kernel best() {
    return Holder.BEST;
  }

  /** Chosen once. */
  final class Holder {
    private static final Kernel BEST = choose();

    private Holder() {}

    private static Kernel choose() {
      boolean wanted = !"scalar".equals(System.getProperty("embedlab.vector"));
      boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
      return wanted && there ? new VectorApiKernel() : new ScalarKernel();
    }
  }
}
