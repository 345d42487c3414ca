package dev.embedlab.metrics;

/**
 * Spearman's rank correlation: {@link Pearson} of the ranks, tied values sharing the mean of their
 * ranks.
 *
 * <p>Variant: as {@code scipy.stats.spearmanr}. Source: Spearman, "The proof and measurement of
 * association between two things", 1904.
 */
public record Spearman() implements Correlation {

  @Override
  public String name() {
    return "spearman";
  }

  @Override
  public double score(double[] x, double[] y) {
    Correlation.check(x, y);
    return new Pearson().score(ranks(x), ranks(y));
  }

  /** Ranks from 1, ties sharing the mean of theirs. */
  public static double[] ranks(double[] values) {
    int[] order = SortedOrder.ascending(values);
    double[] ranks = new double[values.length];
    for (int start = 0; start < order.length; ) {
      int end = start + 1;
      while (end < order.length && values[order[end]] == values[order[start]]) {
        end++;
      }
      double shared = (start + 1 + end) / 2.0;
      for (int i = start; i < end; i++) {
        ranks[order[i]] = shared;
      }
      start = end;
    }
    return ranks;
  }
}
