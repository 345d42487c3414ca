package dev.embedlab.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Bootstrap interval of a mean: resamples the per-query values with replacement and takes quantiles
 * of the means of the resamples. The same seed gives the same interval on every machine.
 *
 * <p>Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapters 13 and 14.
 *
 * @param resamples number of resamples, at least 100
 * @param confidence of the interval, between 0 and 1
 * @param seed of the resampling
 * @param method which quantiles are taken
 */
public record Bootstrap(int resamples, double confidence, long seed, Method method) {

  /** What {@link SplittableRandom} adds to its state for every number. */
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  /** Which quantiles of the resampled means bound the interval. */
  public enum Method {
    /** The plain quantiles. */
    PERCENTILE,
    /** Quantiles corrected for bias and skew (BCa): better when values pile up at 0 or 1. */
    BCA
  }

  public Bootstrap {
    if (resamples < 100) {
      throw new IllegalArgumentException(
          "A bootstrap needs at least 100 resamples, but was given %d.".formatted(resamples));
    }
    Samples.checkConfidence(confidence);
  }

  /** 10,000 resamples, 95 %, seed 42, BCa. */
  public static Bootstrap standard() {
    return new Bootstrap(10_000, 0.95, 42, Method.BCA);
  }

  public Bootstrap withSeed(long value) {
    return new Bootstrap(resamples, confidence, value, method);
  }

  public Bootstrap withConfidence(double value) {
    return new Bootstrap(resamples, value, seed, method);
  }

  public Bootstrap withMethod(Method value) {
    return new Bootstrap(resamples, confidence, seed, value);
  }

  public Bootstrap withResamples(int value) {
    return new Bootstrap(value, confidence, seed, method);
  }

  /**
   * The interval of the mean of {@code values}; a single value gives an interval of zero length.
   *
   * @param values {@code [queries]}, finite, at least one
   */
  public Interval mean(double[] values) {
    Samples.requireSome(values, 1);
    double estimate = Samples.mean(values);
    double[] means = resampledMeans(values);
    double tail = (1 - confidence) / 2;
    double low = tail;
    double high = 1 - tail;
    if (method == Method.BCA && Samples.squaredDeviations(values) > 0) {
      double bias = bias(means, estimate);
      double acceleration = acceleration(values);
      low = adjusted(tail, bias, acceleration);
      high = adjusted(1 - tail, bias, acceleration);
    }
    return new Interval(estimate, quantile(means, low), quantile(means, high), confidence);
  }

  /** The mean that {@link #mean} puts its interval around. */
  public static double average(double[] values) {
    Samples.requireSome(values, 1);
    return Samples.mean(values);
  }

  /** The interval of the mean difference of paired values, {@code a - b}. */
  public Interval meanDifference(double[] a, double[] b) {
    return mean(Samples.differences(a, b));
  }

  /**
   * The percentile interval of any statistic; resamples for which it is NaN are left out.
   *
   * @param items how many there are, at least 1
   * @param statistic of the items at the given positions {@code [items]}, some of them repeated
   */
  public Interval statistic(int items, ToDoubleFunction<int[]> statistic) {
    double estimate = statistic.applyAsDouble(IntStream.range(0, items).toArray());
    SplittableRandom random = new SplittableRandom(seed);
    int[][] draws = new int[resamples][];
    for (int r = 0; r < resamples; r++) {
      draws[r] = random.ints(items, 0, items).toArray();
    }
    double[] values =
        Arrays.stream(draws)
            .parallel()
            .mapToDouble(statistic)
            .filter(value -> !Double.isNaN(value))
            .sorted()
            .toArray();
    if (values.length == 0) {
      return new Interval(estimate, estimate, estimate, confidence);
    }
    double tail = (1 - confidence) / 2;
    return new Interval(estimate, quantile(values, tail), quantile(values, 1 - tail), confidence);
  }

  private double[] resampledMeans(double[] values) {
    double[] means =
        IntStream.range(0, resamples).parallel().mapToDouble(r -> mean(values, r)).toArray();
    Arrays.sort(means);
    return means;
  }

  /**
   * The mean of a resample, drawn from where one stream of numbers for all resamples has got to.
   */
  private double mean(double[] values, int resample) {
    int n = values.length;
    SplittableRandom random = new SplittableRandom(seed + GOLDEN_GAMMA * n * resample);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      // Multiply-and-shift maps 32 random bits to [0, n); its bias is below n / 2^32.
      sum += values[(int) (((random.nextInt() & 0xffffffffL) * n) >>> 32)];
    }
    return sum / n;
  }

  private static double bias(double[] sortedMeans, double estimate) {
    int below = 0;
    int ties = 0;
    for (double mean : sortedMeans) {
      if (mean < estimate) {
        below++;
      } else if (mean == estimate) {
        ties++;
      }
    }
    double share = (below + ties / 2.0) / sortedMeans.length;
    double least = 0.5 / sortedMeans.length;
    return Normal.quantile(Math.clamp(share, least, 1 - least));
  }

  /** Acceleration by the jackknife, which for a mean is its skewness over 6 sqrt(n). */
  private static double acceleration(double[] values) {
    double mean = Samples.mean(values);
    double squares = 0;
    double cubes = 0;
    for (double value : values) {
      double d = value - mean;
      squares += d * d;
      cubes += d * d * d;
    }
    return cubes / (6 * Math.pow(squares, 1.5));
  }

  private static double adjusted(double share, double bias, double acceleration) {
    double z = bias + Normal.quantile(share);
    return Normal.cumulative(bias + z / (1 - acceleration * z));
  }

  /** Linear interpolation between order statistics, NumPy's default. */
  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
