package dev.embedlab.tokenize.split;

import java.util.Arrays;

/**
 * A word as an alternation of delimiters and the text between them, turned into words by a {@link
 * SplitBehavior}.
 */
final class Delimited {

  private int[] bounds = new int[32];
  private boolean[] delimiter = new boolean[16];
  private int size;

  /** Adds the next span, directly after the last. */
  void add(int from, int to, boolean isDelimiter) {
    if (from == to) {
      return;
    }
    if (size == delimiter.length) {
      bounds = Arrays.copyOf(bounds, 4 * size);
      delimiter = Arrays.copyOf(delimiter, 2 * size);
    }
    bounds[2 * size] = from;
    bounds[2 * size + 1] = to;
    delimiter[size++] = isDelimiter;
  }

  void flush(SplitBehavior behavior, Splits.Builder out) {
    switch (behavior) {
      case REMOVED -> removed(out);
      case ISOLATED -> merged(out, false, false);
      case CONTIGUOUS -> contiguous(out);
      case MERGED_WITH_PREVIOUS -> merged(out, true, false);
      case MERGED_WITH_NEXT -> merged(out, false, true);
    }
    size = 0;
  }

  private void removed(Splits.Builder out) {
    for (int i = 0; i < size; i++) {
      if (!delimiter[i]) {
        out.add(bounds[2 * i], bounds[2 * i + 1]);
      }
    }
  }

  private void contiguous(Splits.Builder out) {
    for (int i = 0; i < size; ) {
      int from = bounds[2 * i];
      boolean kind = delimiter[i];
      while (i < size && delimiter[i] == kind) {
        i++;
      }
      out.add(from, bounds[2 * i - 1]);
    }
  }

  private void merged(Splits.Builder out, boolean withPrevious, boolean withNext) {
    for (int i = 0; i < size; i++) {
      int from = bounds[2 * i];
      boolean joins =
          i + 1 < size
              && ((withPrevious && !delimiter[i] && delimiter[i + 1])
                  || (withNext && delimiter[i] && !delimiter[i + 1]));
      if (joins) {
        i++;
      }
      out.add(from, bounds[2 * i + 1]);
    }
  }
}
