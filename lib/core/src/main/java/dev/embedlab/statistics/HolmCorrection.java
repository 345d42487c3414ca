package dev.embedlab.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction of the p-values of several tests, so that the chance of even one
 * false difference stays below the level.
 *
 * <p>Source: Holm, "A simple sequentially rejective multiple test procedure", 1979.
 */
public final class HolmCorrection {

  private HolmCorrection() {}

  /**
   * Adjusted p-values: the i-th smallest (from 0) times {@code n - i}, never below a smaller one's,
   * at most 1.
   *
   * @param pValues {@code [tests]} between 0 and 1
   * @return {@code [tests]} in the order given
   */
  public static double[] adjust(double[] pValues) {
    int n = pValues.length;
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[n];
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, Math.min(1, pValues[order[i]] * (n - i)));
      adjusted[order[i]] = largest;
    }
    return adjusted;
  }
}
