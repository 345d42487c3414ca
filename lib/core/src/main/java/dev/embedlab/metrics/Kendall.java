package dev.embedlab.metrics;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Kendall's tau-b: concordant less discordant pairs over all pairs, corrected for ties on either
 * side, by Knight's merge sort in O(n log n).
 *
 * <p>Variant: as {@code scipy.stats.kendalltau}. Source: Knight, "A computer method for calculating
 * Kendall's tau with ungrouped data", JASA 1966.
 */
public record Kendall() implements Correlation {

  @Override
  public String name() {
    return "kendall";
  }

  @Override
  public double score(double[] x, double[] y) {
    Correlation.check(x, y);
    int n = x.length;
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        Comparator.<Integer>comparingDouble(i -> x[i] + 0.0).thenComparingDouble(i -> y[i] + 0.0));
    double[] sortedX = new double[n];
    double[] sortedY = new double[n];
    for (int i = 0; i < n; i++) {
      sortedX[i] = x[order[i]];
      sortedY[i] = y[order[i]];
    }
    long bothTied = jointTies(sortedX, sortedY);
    long xTied = ties(sortedX);
    long discordant = inversions(sortedY, new double[n], 0, n);
    long yTied = ties(sortedY);
    long all = (long) n * (n - 1) / 2;
    if (xTied == all || yTied == all) {
      return Double.NaN;
    }
    double difference = all - xTied - yTied + bothTied - 2.0 * discordant;
    return Math.clamp(difference / Math.sqrt(all - xTied) / Math.sqrt(all - yTied), -1, 1);
  }

  private static long ties(double[] sorted) {
    return jointTies(sorted, sorted);
  }

  private static long jointTies(double[] x, double[] y) {
    long pairs = 0;
    long run = 1;
    for (int i = 1; i <= x.length; i++) {
      if (i < x.length && x[i] == x[i - 1] && y[i] == y[i - 1]) {
        run++;
      } else {
        pairs += run * (run - 1) / 2;
        run = 1;
      }
    }
    return pairs;
  }

  /** Sorts a range and counts the pairs that stood in the wrong order. */
  private static long inversions(double[] values, double[] spare, int from, int to) {
    if (to - from < 2) {
      return 0;
    }
    int middle = (from + to) >>> 1;
    long count = inversions(values, spare, from, middle) + inversions(values, spare, middle, to);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      if (right == to || (left < middle && values[left] <= values[right])) {
        spare[i] = values[left++];
      } else {
        spare[i] = values[right++];
        count += middle - left;
      }
    }
    System.arraycopy(spare, from, values, from, to - from);
    return count;
  }
}
