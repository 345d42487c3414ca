package dev.embedlab.metrics;

/** How well predicted labels or clusters agree with the true ones. */
public interface LabelMetric {

  /** As tables show it. */
  String name();

  /**
   * @param truth {@code [n]} at least one
   * @param predicted {@code [n]}
   * @return between 0 and 1
   */
  double score(int[] truth, int[] predicted);

  /** Checks what all these metrics ask of their arguments. */
  static void check(int[] truth, int[] predicted) {
    if (truth.length != predicted.length || truth.length == 0) {
      throw new IllegalArgumentException(
          "True and predicted labels must be equally many and at least one, but there are %d and %d."
              .formatted(truth.length, predicted.length));
    }
  }
}
