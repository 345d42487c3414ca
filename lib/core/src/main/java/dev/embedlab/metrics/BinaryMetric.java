package dev.embedlab.metrics;

/** How well a score tells positives from negatives. */
public interface BinaryMetric {

  /** As tables show it. */
  String name();

  /**
   * @param scores {@code [n]} higher means more likely positive, not NaN
   * @param positive {@code [n]}
   * @return between 0 and 1
   * @throws IllegalArgumentException if the lengths differ or a class is missing
   */
  double score(double[] scores, boolean[] positive);

  /** Checks what all these metrics ask of their arguments and counts the positives. */
  static int countPositives(double[] scores, boolean[] positive) {
    if (scores.length != positive.length) {
      throw new IllegalArgumentException(
          "There are %d scores for %d labels.".formatted(scores.length, positive.length));
    }
    int positives = 0;
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("Score %d is NaN.".formatted(i));
      }
      positives += positive[i] ? 1 : 0;
    }
    return positives;
  }
}
