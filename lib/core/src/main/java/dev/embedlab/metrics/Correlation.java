package dev.embedlab.metrics;

/** How well two series of numbers agree in order or in value. */
public interface Correlation {

  /** As tables show it. */
  String name();

  /**
   * @param x {@code [n]} finite, at least two
   * @param y {@code [n]} finite
   * @return between -1 and 1; NaN if one side is constant, as SciPy
   * @throws IllegalArgumentException if the lengths differ or a value is not finite
   */
  double score(double[] x, double[] y);

  /** Checks what all correlations ask of their arguments. */
  static void check(double[] x, double[] y) {
    if (x.length != y.length || x.length < 2) {
      throw new IllegalArgumentException(
          "A correlation needs two series of the same length of at least 2, but they have %d and %d."
              .formatted(x.length, y.length));
    }
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
        throw new IllegalArgumentException(
            "Pair %d is (%s, %s); all values must be finite.".formatted(i, x[i], y[i]));
      }
    }
  }
}
