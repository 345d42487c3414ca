package dev.embedlab.evaluate.task;

import dev.embedlab.encode.Similarity;

/**
 * How alike the vectors of pairs are. Rounded to 32-bit floats step by step as scikit-learn does,
 * so that equal vectors give exactly equal scores and ties stay ties.
 */
final class PairScores {

  private PairScores() {}

  /**
   * @param a {@code [pairs][dim]}
   * @param b {@code [pairs][dim]}
   * @return {@code [pairs]}, higher is more alike
   */
  static double[] of(Similarity similarity, float[][] a, float[][] b) {
    double[] scores = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      scores[i] =
          switch (similarity) {
            case COSINE -> cosine(a[i], b[i]);
            case DOT -> (float) dot(a[i], b[i]);
            case EUCLIDEAN -> -(float) Math.sqrt(squaredDistance(a[i], b[i]));
            case MANHATTAN -> -(float) manhattan(a[i], b[i]);
          };
    }
    return scores;
  }

  /** As a search scores them: the cosine is the product of the unit vectors. */
  static double[] asSearched(Similarity similarity, float[][] a, float[][] b) {
    if (similarity != Similarity.COSINE) {
      return of(similarity, a, b);
    }
    double[] scores = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      scores[i] = (float) dot(unit(a[i]), unit(b[i]));
    }
    return scores;
  }

  /** 1 - |u - v|^2 / 2 of the unit vectors; a zero vector stays zero. */
  static double cosine(float[] a, float[] b) {
    return 1 - (float) (0.5 * squaredDistance(unit(a), unit(b)));
  }

  static float[] unit(float[] vector) {
    float norm = (float) Math.sqrt(dot(vector, vector));
    float[] unit = vector.clone();
    for (int i = 0; i < unit.length && norm > 0; i++) {
      unit[i] /= norm;
    }
    return unit;
  }

  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double d = a[i] - b[i];
      sum += d * d;
    }
    return sum;
  }

  private static double manhattan(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum;
  }
}
