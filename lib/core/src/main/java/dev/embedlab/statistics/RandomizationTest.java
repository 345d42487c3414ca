package dev.embedlab.statistics;

import java.util.SplittableRandom;

/**
 * Paired randomisation (permutation) test: if the systems do not differ, swapping their values on
 * any query changes nothing; so the signs of the differences are flipped at random and the p-value
 * is the share of flips whose mean difference is at least as large. Up to 16 differing queries all
 * flips are tried and the p-value is exact.
 *
 * <p>Source: Smucker, Allan and Carterette, "A comparison of statistical significance tests for
 * information retrieval evaluation", CIKM 2007.
 *
 * @param flips number of random flips, at least 1,000
 * @param seed of the flips
 */
public record RandomizationTest(int flips, long seed) implements PairedTest {

  private static final int EXACT_UP_TO = 16;

  public RandomizationTest {
    if (flips < 1000) {
      throw new IllegalArgumentException(
          "A randomisation test needs at least 1000 flips, but was given %d.".formatted(flips));
    }
  }

  /** 100,000 flips, seed 42. */
  public static RandomizationTest standard() {
    return new RandomizationTest(100_000, 42);
  }

  @Override
  public String name() {
    return "paired randomisation";
  }

  @Override
  public double pValue(double[] a, double[] b) {
    double[] differences = nonZero(Samples.differences(a, b));
    int n = differences.length;
    if (n == 0) {
      return 1;
    }
    double observed = 0;
    double scale = 0;
    for (double difference : differences) {
      observed += difference;
      scale += Math.abs(difference);
    }
    // Sums that differ only by rounding count as equal.
    double threshold = Math.abs(observed) - 1e-12 * scale;
    return n <= EXACT_UP_TO ? exact(differences, threshold) : random(differences, threshold);
  }

  private static double[] nonZero(double[] values) {
    return java.util.Arrays.stream(values).filter(v -> v != 0).toArray();
  }

  private static double exact(double[] differences, double threshold) {
    int all = 1 << differences.length;
    int extreme = 0;
    for (int signs = 0; signs < all; signs++) {
      double sum = 0;
      for (int i = 0; i < differences.length; i++) {
        sum += (signs >>> i & 1) == 0 ? differences[i] : -differences[i];
      }
      if (Math.abs(sum) >= threshold) {
        extreme++;
      }
    }
    return (double) extreme / all;
  }

  private double random(double[] differences, double threshold) {
    SplittableRandom random = new SplittableRandom(seed);
    long extreme = 0;
    for (int f = 0; f < flips; f++) {
      if (Math.abs(flippedSum(differences, random)) >= threshold) {
        extreme++;
      }
    }
    // The observed assignment is one of the possible ones: the p-value is never 0.
    return (extreme + 1.0) / (flips + 1.0);
  }

  private static double flippedSum(double[] differences, SplittableRandom random) {
    double sum = 0;
    int n = differences.length;
    for (int start = 0; start < n; start += 64) {
      long signs = random.nextLong();
      int end = Math.min(start + 64, n);
      for (int i = start; i < end; i++) {
        // Flips the sign bit without a branch, which the processor could not predict.
        long bits = Double.doubleToRawLongBits(differences[i]);
        sum += Double.longBitsToDouble(bits ^ (signs & Long.MIN_VALUE));
        signs <<= 1;
      }
    }
    return sum;
  }
}
