package dev.embedlab.metrics;

/**
 * Area under the ROC curve: the probability that a positive has a higher score than a negative,
 * ties counting one half; computed from ranks (Mann-Whitney U).
 *
 * <p>Variant: as scikit-learn's {@code roc_auc_score}. Source: Hanley and McNeil, "The meaning and
 * use of the area under a receiver operating characteristic curve", Radiology 1982.
 */
public record RocAuc() implements BinaryMetric {

  @Override
  public String name() {
    return "roc_auc";
  }

  @Override
  public double score(double[] scores, boolean[] positive) {
    long positives = BinaryMetric.countPositives(scores, positive);
    long negatives = scores.length - positives;
    if (positives == 0 || negatives == 0) {
      throw new IllegalArgumentException(
          "ROC-AUC needs both classes, but there are %d positives and %d negatives."
              .formatted(positives, negatives));
    }
    double[] ranks = Spearman.ranks(scores);
    double sum = 0;
    for (int i = 0; i < ranks.length; i++) {
      sum += positive[i] ? ranks[i] : 0;
    }
    double u = sum - positives * (positives + 1) / 2.0;
    return u / positives / negatives;
  }
}
