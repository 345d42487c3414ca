package dev.embedlab.vector;

import dev.embedlab.encode.Similarity;

/** Compares two vectors, to the bit as {@link ExactIndex} does. */
public final class Similarities {

  private Similarities() {}

  /**
   * @param query {@code [dim]}, prepared by {@link #prepare}
   * @param vector {@code [dim]}
   */
  public static float score(Similarity similarity, float[] query, float[] vector) {
    float sum = 0;
    switch (similarity) {
      case DOT, COSINE -> {
        for (int i = 0; i < query.length; i++) {
          sum = Math.fma(query[i], vector[i], sum);
        }
      }
      case EUCLIDEAN -> {
        for (int i = 0; i < query.length; i++) {
          float difference = query[i] - vector[i];
          sum = Math.fma(difference, difference, sum);
        }
      }
      case MANHATTAN -> {
        for (int i = 0; i < query.length; i++) {
          sum += Math.abs(query[i] - vector[i]);
        }
      }
    }
    return switch (similarity) {
      case DOT -> sum;
      case COSINE -> sum / Packing.divisor(vector, 0, vector.length);
      case EUCLIDEAN -> -(float) Math.sqrt(sum);
      case MANHATTAN -> -sum;
    };
  }

  /** The query as {@link #score} wants it: of unit length for cosine. */
  public static float[] prepare(Similarity similarity, float[] query) {
    return similarity == Similarity.COSINE ? unit(query) : query;
  }

  /** A copy of unit length; a zero vector stays. */
  public static float[] unit(float[] vector) {
    float divisor = Packing.divisor(vector, 0, vector.length);
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = vector[i] / divisor;
    }
    return unit;
  }

  /** Turns the kernel's sums into scores, in place. */
  static void finish(
      Similarity similarity, float[] sums, int from, int count, float[] divisors, int first) {
    switch (similarity) {
      case DOT -> {}
      case COSINE -> {
        for (int i = 0; i < count; i++) {
          sums[from + i] /= divisors[first + i];
        }
      }
      case EUCLIDEAN -> {
        for (int i = from; i < from + count; i++) {
          sums[i] = -(float) Math.sqrt(sums[i]);
        }
      }
      case MANHATTAN -> {
        for (int i = from; i < from + count; i++) {
          sums[i] = -sums[i];
        }
      }
    }
  }
}
