package dev.embedlab;

import java.util.List;
import java.util.stream.IntStream;

/** The vectors that the golden scripts make with a linear congruential generator. */
public final class MadeUpVectors {

  private MadeUpVectors() {}

  /** Row i belongs to class {@link #label}; spread says how much noise there is. */
  public static float[][] of(int n, int dim, int classes, long seed, double spread) {
    long state = seed;
    float[][] rows = new float[n][dim];
    for (int i = 0; i < n; i++) {
      int label = label(i, classes);
      for (int j = 0; j < dim; j++) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        double noise = (state >>> 40) / 16777216.0 - 0.5;
        rows[i][j] = (float) (noise * spread + (j % classes == label ? 1.0 : 0.0));
      }
    }
    return rows;
  }

  public static int label(int row, int classes) {
    return (row * 7 + 3) % classes;
  }

  public static int[] labels(int n, int classes) {
    return IntStream.range(0, n).map(i -> label(i, classes)).toArray();
  }

  /** Texts that stand for rows, for example {@code a0, a1, ...}. */
  public static List<String> texts(String prefix, int n) {
    return IntStream.range(0, n).mapToObj(i -> prefix + i).toList();
  }
}
