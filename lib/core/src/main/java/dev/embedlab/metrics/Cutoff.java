package dev.embedlab.metrics;

/** The rank after which a metric stops looking. */
final class Cutoff {

  /** No cut: the whole ranking counts. */
  static final int NONE = Integer.MAX_VALUE;

  private Cutoff() {}

  static int check(int k) {
    if (k < 1) {
      throw new IllegalArgumentException(
          "The cutoff k must be at least 1, but is %d.".formatted(k));
    }
    return k;
  }

  static String name(String metric, int k) {
    return k == NONE ? metric : metric + "@" + k;
  }

  static int of(int k, JudgedRanking ranking) {
    return Math.min(k, ranking.size());
  }
}
