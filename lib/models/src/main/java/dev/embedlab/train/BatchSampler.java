package dev.embedlab.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Decides which examples share a batch. */
@FunctionalInterface
public interface BatchSampler {

  /**
   * Batches of one epoch; a function of its arguments alone, so that a resumed run finds its place.
   *
   * @param batchSize at least 1
   * @param seed differs from epoch to epoch
   * @return positions in {@code examples}
   */
  List<int[]> batches(List<TrainingExample> examples, int batchSize, long seed);

  /** Whether it looks at the labels of examples, so that each must have one. */
  default boolean needsLabels() {
    return false;
  }

  /** In random order; the last batch may be short. */
  static BatchSampler shuffled() {
    return (examples, batchSize, seed) -> {
      LengthBuckets.requirePositive("batchSize", batchSize);
      List<Integer> order = shuffle(examples.size(), seed);
      List<int[]> batches = new ArrayList<>();
      for (int from = 0; from < order.size(); from += batchSize) {
        batches.add(toArray(order.subList(from, Math.min(order.size(), from + batchSize))));
      }
      return batches;
    };
  }

  /**
   * In random order, no text twice in a batch: an example whose texts are taken waits for a later
   * batch. For losses with in-batch negatives. A short last batch is kept if it has two rows.
   */
  static BatchSampler noDuplicates() {
    return (examples, batchSize, seed) -> {
      LengthBuckets.requirePositive("batchSize", batchSize);
      Set<Integer> waiting = new LinkedHashSet<>(shuffle(examples.size(), seed));
      List<int[]> batches = new ArrayList<>();
      while (!waiting.isEmpty()) {
        List<Integer> batch = takeDistinct(waiting, examples, batchSize);
        if (batch.size() > 1) {
          batches.add(toArray(batch));
        }
      }
      return batches;
    };
  }

  /**
   * This sampler without the batches that are shorter than half the batch size, unless no other is
   * left. With few negatives to tell apart, their loss is near zero: they teach nothing and break
   * the curve. Which examples they hold differs from epoch to epoch.
   */
  default BatchSampler withoutShortBatches() {
    BatchSampler all = this;
    return new BatchSampler() {
      @Override
      public List<int[]> batches(List<TrainingExample> examples, int batchSize, long seed) {
        List<int[]> batches = all.batches(examples, batchSize, seed);
        List<int[]> kept = batches.stream().filter(batch -> 2 * batch.length >= batchSize).toList();
        return kept.isEmpty() ? batches : kept;
      }

      @Override
      public boolean needsLabels() {
        return all.needsLabels();
      }
    };
  }

  /**
   * Texts of like length share a batch, so that little is padded: sorted within windows of this
   * many batches, the order of batches random.
   *
   * @param window at least 1
   */
  static BatchSampler bucketed(int window) {
    LengthBuckets.requirePositive("window", window);
    return (examples, batchSize, seed) ->
        LengthBuckets.batches(
            examples.stream().mapToInt(BatchSampler::longest).toArray(), batchSize, window, seed);
  }

  /**
   * Each batch holds texts of several classes and several of each, for the losses that make
   * triplets themselves. Classes with one text are left out, and so is what finds no other class to
   * share a batch with.
   *
   * @param perLabel most texts of a class that go together, at least 2
   */
  static BatchSampler groupedByLabel(int perLabel) {
    if (perLabel < 2) {
      throw new IllegalArgumentException(
          "perLabel must be at least 2 to make pairs of a class, but is %d.".formatted(perLabel));
    }
    return new BatchSampler() {
      @Override
      public List<int[]> batches(List<TrainingExample> examples, int batchSize, long seed) {
        LengthBuckets.requirePositive("batchSize", batchSize);
        List<List<Integer>> groups = groups(examples, perLabel, seed);
        Collections.shuffle(groups, new Random(seed));
        return pack(new LinkedList<>(groups), examples, batchSize);
      }

      @Override
      public boolean needsLabels() {
        return true;
      }
    };
  }

  /** Positions that share a label, two to {@code perLabel} together. */
  private static List<List<Integer>> groups(
      List<TrainingExample> examples, int perLabel, long seed) {
    Map<Float, List<Integer>> byLabel = new TreeMap<>();
    for (int position : shuffle(examples.size(), seed)) {
      byLabel.computeIfAbsent(label(examples, position), l -> new ArrayList<>()).add(position);
    }
    List<List<Integer>> groups = new ArrayList<>();
    for (List<Integer> members : byLabel.values()) {
      for (int from = 0; from + 2 <= members.size(); from += perLabel) {
        groups.add(members.subList(from, Math.min(members.size(), from + perLabel)));
      }
    }
    return groups;
  }

  private static Float label(List<TrainingExample> examples, int position) {
    List<Float> labels = examples.get(position).labels();
    if (labels.isEmpty()) {
      throw new IllegalArgumentException(
          "Example %d has no label to group it by; make it with TrainingExample.labelled."
              .formatted(position));
    }
    return labels.getFirst();
  }

  /** Fills batches with groups of different labels, in order. */
  private static List<int[]> pack(
      List<List<Integer>> waiting, List<TrainingExample> examples, int batchSize) {
    List<int[]> batches = new ArrayList<>();
    while (!waiting.isEmpty()) {
      List<Integer> batch = new ArrayList<>();
      Set<Float> taken = new HashSet<>();
      Iterator<List<Integer>> next = waiting.iterator();
      while (next.hasNext() && batch.size() < batchSize) {
        List<Integer> group = next.next();
        boolean fits = batch.size() + group.size() <= batchSize || taken.size() < 2;
        if (fits && taken.add(label(examples, group.getFirst()))) {
          batch.addAll(group);
          next.remove();
        }
      }
      if (taken.size() > 1) {
        batches.add(toArray(batch));
      }
    }
    return batches;
  }

  private static int longest(TrainingExample example) {
    return example.texts().stream().mapToInt(String::length).max().orElse(0);
  }

  private static List<Integer> takeDistinct(
      Set<Integer> waiting, List<TrainingExample> examples, int batchSize) {
    List<Integer> batch = new ArrayList<>(batchSize);
    Set<String> taken = new HashSet<>();
    Iterator<Integer> next = waiting.iterator();
    while (next.hasNext() && batch.size() < batchSize) {
      int position = next.next();
      List<String> texts = examples.get(position).texts();
      if (Collections.disjoint(texts, taken)) {
        taken.addAll(texts);
        batch.add(position);
        next.remove();
      }
    }
    return batch;
  }

  private static List<Integer> shuffle(int size, long seed) {
    List<Integer> order = IntStream.range(0, size).boxed().collect(Collectors.toList());
    Collections.shuffle(order, new Random(seed));
    return order;
  }

  private static int[] toArray(List<Integer> positions) {
    return positions.stream().mapToInt(Integer::intValue).toArray();
  }
}
