package dev.embedlab.metrics;

import java.util.Arrays;

/** Positions of values in sorted order. */
final class SortedOrder {

  private SortedOrder() {}

  /** Positions from the smallest value to the largest; equal values keep their order. */
  static int[] ascending(double[] values) {
    int n = values.length;
    int[] order = new int[n];
    int[] spare = new int[n];
    Arrays.setAll(order, i -> i);
    for (int width = 1; width < n; width *= 2) {
      for (int from = 0; from < n; from += 2 * width) {
        merge(values, order, spare, from, width);
      }
      int[] merged = spare;
      spare = order;
      order = merged;
    }
    return order;
  }

  /** Merges two sorted runs of a width into the spare array; the first goes before an equal one. */
  private static void merge(double[] values, int[] order, int[] spare, int from, int width) {
    int middle = Math.min(from + width, order.length);
    int end = Math.min(middle + width, order.length);
    int left = from;
    int right = middle;
    for (int i = from; i < end; i++) {
      boolean takeLeft =
          right == end || (left < middle && !isLess(values[order[right]], values[order[left]]));
      spare[i] = takeLeft ? order[left++] : order[right++];
    }
  }

  /** As NumPy sorts: -0 equals 0, NaN comes last. */
  private static boolean isLess(double a, double b) {
    return a < b || (Double.isNaN(b) && !Double.isNaN(a));
  }

  /** Positions from the largest value to the smallest; equal values keep their order. */
  static int[] descending(double[] values) {
    return ascending(Arrays.stream(values).map(v -> -v).toArray());
  }
}
