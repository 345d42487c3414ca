package dev.embedlab.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Batches of texts of like length, so that little is padded. */
public final class LengthBuckets {

  private LengthBuckets() {}

  /**
   * Sorted by length within windows of a random order; the order of batches is random, too.
   *
   * @param lengths of the texts, in any unit
   * @param batchSize at least 1
   * @param window batches that are sorted together, at least 1; more pads less and mixes less
   * @return positions in {@code lengths}, each once; a function of the arguments alone
   */
  public static List<int[]> batches(int[] lengths, int batchSize, int window, long seed) {
    requirePositive("batchSize", batchSize);
    requirePositive("window", window);
    List<Integer> order = IntStream.range(0, lengths.length).boxed().collect(Collectors.toList());
    Collections.shuffle(order, new Random(seed));
    // A window of more batches than there are sorts everything together.
    int together = (int) Math.min(Integer.MAX_VALUE, (long) window * batchSize);
    List<int[]> batches = new ArrayList<>();
    for (List<Integer> bucket : parts(order, together)) {
      List<Integer> sorted = new ArrayList<>(bucket);
      sorted.sort(Comparator.comparingInt(i -> lengths[i]));
      parts(sorted, batchSize)
          .forEach(batch -> batches.add(batch.stream().mapToInt(Integer::intValue).toArray()));
    }
    Collections.shuffle(batches, new Random(seed));
    return batches;
  }

  private static List<List<Integer>> parts(List<Integer> all, int size) {
    List<List<Integer>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); ) {
      int to = from + Math.min(size, all.size() - from);
      parts.add(all.subList(from, to));
      from = to;
    }
    return parts;
  }

  static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s must be at least 1, but is %d.".formatted(name, value));
    }
  }
}
