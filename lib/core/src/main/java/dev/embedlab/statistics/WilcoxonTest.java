package dev.embedlab.statistics;

import java.util.Arrays;

/**
 * Wilcoxon's signed-rank test: whether positive and negative differences have like ranks. Zero
 * differences are left out; the distribution is exact for up to 50 untied differences and for up to
 * 13 pairs with ties, else normal with correction for ties.
 *
 * <p>Source: Wilcoxon, "Individual comparisons by ranking methods", 1945; as {@code
 * scipy.stats.wilcoxon} with {@code zero_method="wilcox"} and no continuity correction.
 */
public record WilcoxonTest() implements PairedTest {

  private static final int EXACT_UP_TO = 50;
  private static final int EXACT_WITH_TIES_UP_TO = 13;

  @Override
  public String name() {
    return "Wilcoxon signed-rank";
  }

  @Override
  public double pValue(double[] a, double[] b) {
    double[] differences =
        Arrays.stream(Samples.differences(a, b))
            .filter(d -> d != 0)
            .boxed()
            .sorted((x, y) -> Double.compare(Math.abs(x), Math.abs(y)))
            .mapToDouble(Double::doubleValue)
            .toArray();
    int n = differences.length;
    if (n == 0) {
      return 1;
    }
    Ranked ranked = rank(differences);
    boolean plain = ranked.tieTerm == 0 && n == a.length;
    return n <= (plain ? EXACT_UP_TO : EXACT_WITH_TIES_UP_TO) ? exact(ranked) : normal(n, ranked);
  }

  /**
   * Ranks, the sum of those of positive differences, and the sum of t^3 - t over groups of ties.
   */
  private record Ranked(double[] ranks, double positiveSum, double tieTerm) {}

  private static Ranked rank(double[] byAbsoluteValue) {
    double positive = 0;
    double tieTerm = 0;
    double[] ranks = new double[byAbsoluteValue.length];
    int n = byAbsoluteValue.length;
    for (int start = 0; start < n; ) {
      int end = start + 1;
      while (end < n && Math.abs(byAbsoluteValue[end]) == Math.abs(byAbsoluteValue[start])) {
        end++;
      }
      double rank = (start + 1 + end) / 2.0;
      for (int i = start; i < end; i++) {
        ranks[i] = rank;
        positive += byAbsoluteValue[i] > 0 ? rank : 0;
      }
      double t = end - start;
      tieTerm += t * t * t - t;
      start = end;
    }
    return new Ranked(ranks, positive, tieTerm);
  }

  private static double normal(int n, Ranked ranked) {
    double mean = n * (n + 1.0) / 4;
    double variance = n * (n + 1.0) * (2.0 * n + 1) / 24 - ranked.tieTerm / 48;
    return Normal.twoSided((ranked.positiveSum - mean) / Math.sqrt(variance));
  }

  /** Counts, over all sign patterns, how often a rank sum is as extreme; in half ranks. */
  private static double exact(Ranked ranked) {
    int n = ranked.ranks.length;
    int most = n * (n + 1);
    double[] ways = new double[most + 1];
    ways[0] = 1;
    for (double rank : ranked.ranks) {
      int halves = (int) Math.round(2 * rank);
      for (int sum = most; sum >= halves; sum--) {
        ways[sum] += ways[sum - halves];
      }
    }
    long observed = Math.round(2 * ranked.positiveSum);
    double tail = 0;
    for (int sum = 0; sum <= Math.min(observed, most - observed); sum++) {
      tail += ways[sum];
    }
    return Math.min(1, 2 * tail / Math.pow(2, n));
  }
}
