package dev.embedlab.statistics;

import java.util.Locale;

/**
 * How many queries a comparison needs, from the spread of the per-query differences seen so far:
 * {@code n = ((z(1 - alpha/2) + z(power)) * sd / d)^2}.
 *
 * <p>Source: Webber, Moffat and Zobel, "Statistical power in retrieval experimentation", CIKM 2008.
 *
 * @param deviation standard deviation of the per-query differences
 * @param level of the test, for example 0.05
 * @param power chance of finding a true difference, for example 0.8
 */
public record SampleSize(double deviation, double level, double power) {

  public SampleSize {
    Samples.checkConfidence(level);
    Samples.checkConfidence(power);
    if (!(deviation >= 0) || Double.isInfinite(deviation)) {
      throw new IllegalArgumentException(
          "The deviation must be finite and not negative, but is %s.".formatted(deviation));
    }
  }

  /** From a pilot of two systems on the same queries, at the 5 % level and a power of 80 %. */
  public static SampleSize fromPilot(double[] a, double[] b) {
    double[] differences = Samples.differences(a, b);
    Samples.requireSome(differences, 2);
    double variance = Samples.squaredDeviations(differences) / (differences.length - 1);
    return new SampleSize(Math.sqrt(variance), 0.05, 0.8);
  }

  /**
   * Queries needed to see a difference.
   *
   * @param difference of the means, above 0
   */
  public long queriesFor(double difference) {
    if (!(difference > 0)) {
      throw new IllegalArgumentException(
          "The difference must be above 0, but is %s.".formatted(difference));
    }
    double root = factor() * deviation / difference;
    return Math.max(2, (long) Math.ceil(root * root));
  }

  /** The smallest difference of the means that this many queries can show. */
  public double detectableWith(long queries) {
    return factor() * deviation / Math.sqrt(queries);
  }

  private double factor() {
    return Normal.quantile(1 - level / 2) + Normal.quantile(power);
  }

  /** A sentence to stand beside a table of so many queries; empty if they suffice. */
  public String advice(long queries, double difference) {
    long needed = difference <= 0 ? Long.MAX_VALUE : queriesFor(difference);
    return needed <= queries
        ? ""
        : String.format(
            Locale.ROOT,
            "With %,d queries only differences of %.3f and more can be seen%s.",
            queries,
            detectableWith(queries),
            needed == Long.MAX_VALUE
                ? ""
                : String.format(Locale.ROOT, "; one of %.3f needs %,d", difference, needed));
  }
}
