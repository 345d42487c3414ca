package dev.embedlab.metrics;

/**
 * Area under the precision-recall curve as average precision: {@code sum of (R_n - R_(n-1)) * P_n}
 * over the distinct scores, from the highest down; tied scores enter together.
 *
 * <p>Variant: as scikit-learn's {@code average_precision_score}, no interpolation; 0 without
 * positives. Source: Zhu, "Recall, precision and average precision", 2004.
 */
public record PrecisionRecallAuc() implements BinaryMetric {

  @Override
  public String name() {
    return "ap";
  }

  @Override
  public double score(double[] scores, boolean[] positive) {
    int positives = BinaryMetric.countPositives(scores, positive);
    int[] order = SortedOrder.descending(scores);
    double area = 0;
    int found = 0;
    int before = 0;
    for (int i = 0; i < order.length; i++) {
      found += positive[order[i]] ? 1 : 0;
      boolean last = i + 1 == order.length || scores[order[i + 1]] != scores[order[i]];
      if (last) {
        area += (double) (found - before) * found / (i + 1);
        before = found;
      }
    }
    return positives == 0 ? 0 : area / positives;
  }
}
