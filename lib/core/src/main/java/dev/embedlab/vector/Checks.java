package dev.embedlab.vector;

/** The bad input that every index refuses, said the same way everywhere. */
public final class Checks {

  private Checks() {}

  /**
   * @param vectors {@code [rows][dim]}
   * @param what for the message, for example {@code Query}
   * @return the dimension
   * @throws IllegalArgumentException if there are none, they differ in length or hold NaN or Inf
   */
  public static int vectors(float[][] vectors, String what) {
    if (vectors.length == 0) {
      throw new IllegalArgumentException(
          "There is no %s: give at least one vector.".formatted(what.toLowerCase()));
    }
    int dim = vectors[0].length;
    if (dim == 0) {
      throw new IllegalArgumentException("%s 0 has no dimensions.".formatted(what));
    }
    vectors(vectors, dim, what);
    return dim;
  }

  /** As {@link #vectors(float[][], String)} with a known dimension; no rows are fine. */
  public static void vectors(float[][] vectors, int dim, String what) {
    for (int row = 0; row < vectors.length; row++) {
      vector(vectors[row], dim, what, row);
    }
  }

  /** Checks one row. */
  public static void vector(float[] vector, int dim, String what, int row) {
    if (vector.length != dim) {
      throw new IllegalArgumentException(
          "%s %d has %d dimensions, but %d are expected: use vectors of one model and one truncation."
              .formatted(what, row, vector.length, dim));
    }
    row(vector, 0, dim, what, row);
  }

  /** Refuses NaN and Inf in the row that begins at {@code from}. */
  static void row(float[] vectors, int from, int dim, String what, int row) {
    for (int i = 0; i < dim; i++) {
      if (!Float.isFinite(vectors[from + i])) {
        throw new IllegalArgumentException(
            "%s %d is %s at dimension %d: find out which text gave it and leave that text out."
                .formatted(what, row, vectors[from + i], i));
      }
    }
  }
}
