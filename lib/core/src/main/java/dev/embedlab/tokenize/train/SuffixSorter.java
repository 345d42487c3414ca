package dev.embedlab.tokenize.train;

/**
 * Sorts the suffixes of a text by their first characters (three-way radix quicksort).
 *
 * <p>Source: Bentley and Sedgewick, <i>Fast Algorithms for Sorting and Searching Strings</i>, 1997.
 */
final class SuffixSorter {

  private static final int SMALL = 12;

  private final int[] text;
  private final int depthLimit;
  private final int[] suffixes;

  SuffixSorter(int[] text, int depthLimit) {
    this.text = text;
    this.depthLimit = depthLimit;
    this.suffixes = new int[text.length];
  }

  /** Start positions; the order of suffixes equal in the characters compared is not fixed. */
  int[] sorted() {
    for (int i = 0; i < suffixes.length; i++) {
      suffixes[i] = i;
    }
    sort(0, suffixes.length - 1, 0);
    return suffixes;
  }

  private void sort(int from, int to, int depth) {
    int low = from;
    int high = to;
    while (high - low >= SMALL && depth < depthLimit) {
      int pivot = median(at(low, depth), at((low + high) >>> 1, depth), at(high, depth));
      int less = low;
      int greater = high;
      for (int i = low; i <= greater; ) {
        int c = at(i, depth);
        if (c < pivot) {
          swap(less++, i++);
        } else if (c > pivot) {
          swap(i, greater--);
        } else {
          i++;
        }
      }
      if (pivot > 0) { // Behind the end of a word nothing is compared.
        sort(less, greater, depth + 1);
      }
      // The longer side is left to the loop, so that the stack stays shallow.
      if (less - low < high - greater) {
        sort(low, less - 1, depth);
        low = greater + 1;
      } else {
        sort(greater + 1, high, depth);
        high = less - 1;
      }
    }
    if (high - low < SMALL) {
      insertionSort(low, high, depth);
    }
  }

  private void insertionSort(int from, int to, int depth) {
    for (int i = from + 1; i <= to; i++) {
      for (int j = i; j > from && isLess(suffixes[j], suffixes[j - 1], depth); j--) {
        swap(j, j - 1);
      }
    }
  }

  private boolean isLess(int a, int b, int depth) {
    for (int d = depth; d < depthLimit; d++) {
      int x = charAt(a + d);
      int y = charAt(b + d);
      if (x != y || x <= 0) {
        return x < y;
      }
    }
    return false;
  }

  private int at(int index, int depth) {
    return charAt(suffixes[index] + depth);
  }

  private int charAt(int position) {
    return position < text.length ? text[position] : -1;
  }

  private static int median(int a, int b, int c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private void swap(int i, int j) {
    int kept = suffixes[i];
    suffixes[i] = suffixes[j];
    suffixes[j] = kept;
  }
}
