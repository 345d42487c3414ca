package dev.embedlab.metrics;

import java.util.Arrays;

/** Positions of values in sorted order. */
final class SortedOrder {

  private SortedOrder() {}

  /** Positions from the smallest value to the largest; equal values keep their order. */
  static int[] ascending(double[] values) {
    int n = values.length;
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    // Adding zero turns -0 into 0, which Double.compare would tell apart.
    Arrays.sort(order, (a, b) -> Double.compare(values[a] + 0.0, values[b] + 0.0));
    int[] unboxed = new int[n];
    Arrays.setAll(unboxed, i -> order[i]);
    return unboxed;
  }

  /** Positions from the largest value to the smallest; equal values keep their order. */
  static int[] descending(double[] values) {
    return ascending(Arrays.stream(values).map(v -> -v).toArray());
  }
}
