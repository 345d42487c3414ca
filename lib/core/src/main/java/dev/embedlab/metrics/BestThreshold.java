package dev.embedlab.metrics;

/**
 * The best that a threshold on a score can do in telling positives from negatives: accuracy and F1
 * at their own best thresholds, found by walking down the sorted scores.
 *
 * <p>Variant: MTEB's pair classification: the last pair never becomes a positive by itself, tied
 * scores are walked one by one in their order.
 *
 * @param accuracy at its best threshold
 * @param accuracyThreshold scores above it count as positive
 * @param f1 at its best threshold
 * @param precision at the threshold of the best F1
 * @param recall at the threshold of the best F1
 * @param f1Threshold scores above it count as positive
 */
public record BestThreshold(
    double accuracy,
    double accuracyThreshold,
    double f1,
    double precision,
    double recall,
    double f1Threshold) {

  /**
   * @param scores {@code [n]} higher means more likely positive
   * @param positive {@code [n]}
   */
  public static BestThreshold of(double[] scores, boolean[] positive) {
    int positives = BinaryMetric.countPositives(scores, positive);
    int[] order = SortedOrder.descending(scores);
    int found = 0;
    BestThreshold best = new BestThreshold(0, -1, 0, 0, 0, 0);
    for (int i = 0; i + 1 < order.length; i++) {
      found += positive[order[i]] ? 1 : 0;
      double threshold = (scores[order[i]] + scores[order[i + 1]]) / 2;
      int negativesBelow = scores.length - positives - (i + 1 - found);
      best = best.accuracyAt((double) (found + negativesBelow) / scores.length, threshold);
      if (found > 0) {
        best = best.f1At((double) found / (i + 1), (double) found / positives, threshold);
      }
    }
    return best;
  }

  private BestThreshold accuracyAt(double value, double threshold) {
    return value > accuracy
        ? new BestThreshold(value, threshold, f1, precision, recall, f1Threshold)
        : this;
  }

  private BestThreshold f1At(double p, double r, double threshold) {
    double value = 2 * p * r / (p + r);
    return value > f1
        ? new BestThreshold(accuracy, accuracyThreshold, value, p, r, threshold)
        : this;
  }
}
