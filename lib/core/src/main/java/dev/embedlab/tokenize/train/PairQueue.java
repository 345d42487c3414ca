package dev.embedlab.tokenize.train;

import dev.embedlab.tokenize.model.LongIntMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Pairs of neighbouring pieces by frequency, with the words they occur in. Frequencies on the queue
 * may be out of date; they are corrected when a pair comes to the top.
 */
final class PairQueue {

  private static final Comparator<Candidate> MOST_FREQUENT_FIRST =
      Comparator.comparingLong((Candidate c) -> -c.count).thenComparingLong(c -> c.pair);

  private final WordSymbols words;
  private final int maxLength;
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>(1 << 12, MOST_FREQUENT_FIRST);
  private final LongIntMap slots = new LongIntMap(1 << 14);
  private long[] counts = new long[1 << 14];
  private int[] lengths = new int[1 << 12];

  // The pairs one merge gives rise to, by their other side; cleared after each merge.
  private Candidate[] withLeft = new Candidate[1 << 12];
  private Candidate[] withRight = new Candidate[1 << 12];
  private final List<Candidate> fresh = new ArrayList<>();

  /** A pair with the words it was seen in when it was put on the queue. */
  static final class Candidate {

    private final long pair;
    private long count;
    private int[] positions = new int[4];
    private int size;

    Candidate(long pair) {
      this.pair = pair;
    }

    int left() {
      return (int) (pair >>> 32);
    }

    int right() {
      return (int) pair;
    }

    void addWord(int word) {
      if (size > 0 && positions[size - 1] == word) {
        return;
      }
      if (size == positions.length) {
        positions = Arrays.copyOf(positions, size * 2);
      }
      positions[size++] = word;
    }
  }

  /**
   * @param maxLength most characters a merged piece may have; longer pairs are never counted
   */
  PairQueue(WordSymbols words, int maxLength) {
    this.words = words;
    this.maxLength = maxLength;
    List<Candidate> bySlot = new ArrayList<>();
    ensureRoom(words.greatest());
    for (int word = 0; word < words.words(); word++) {
      int end = words.start(word) + words.length(word);
      for (int i = words.start(word) + 1; i < end; i++) {
        long pair = LongIntMap.key(words.get(i - 1), words.get(i));
        int slot = count(pair, words.count(word));
        if (slot == bySlot.size()) {
          bySlot.add(new Candidate(pair));
        }
        bySlot.get(slot).addWord(word);
      }
    }
    bySlot.forEach(this::offer);
  }

  /** Adds to the frequency of a pair and returns its slot. */
  private int count(long pair, long change) {
    int slot = slots.get(pair, -1);
    if (slot < 0) {
      slot = slots.size();
      slots.put(pair, slot);
      if (slot == counts.length) {
        counts = Arrays.copyOf(counts, slot * 2);
      }
    }
    counts[slot] += change;
    return slot;
  }

  private void offer(Candidate candidate) {
    candidate.count = counts[slots.get(candidate.pair, -1)];
    if (candidate.count > 0) {
      queue.add(candidate);
    }
  }

  /** The most frequent pair, or null where none occurs {@code least} times. */
  Candidate poll(long least) {
    while (!queue.isEmpty()) {
      Candidate top = queue.poll();
      long actual = counts[slots.get(top.pair, -1)];
      if (top.count == actual) {
        return actual < least ? null : top;
      }
      offer(top);
    }
    return null;
  }

  /** Replaces the pair by a piece in every word it was seen in. */
  void merge(Candidate best, int id) {
    ensureRoom(Math.max(id, Math.max(best.left(), best.right())));
    lengths[id] = length(best.left()) + length(best.right());
    for (int i = 0; i < best.size; i++) {
      mergeWord(best.positions[i], best.left(), best.right(), id);
    }
    for (Candidate candidate : fresh) {
      withLeft[candidate.left()] = null;
      withRight[candidate.right()] = null;
      offer(candidate);
    }
    fresh.clear();
  }

  /** Characters of a piece; pieces that were not merged are single characters. */
  private int length(int id) {
    return Math.max(1, id < lengths.length ? lengths[id] : 0);
  }

  private void ensureRoom(int id) {
    if (id >= lengths.length) {
      int capacity = Integer.highestOneBit(id) * 2;
      lengths = Arrays.copyOf(lengths, capacity);
      withLeft = Arrays.copyOf(withLeft, capacity);
      withRight = Arrays.copyOf(withRight, capacity);
    }
  }

  private void mergeWord(int word, int left, int right, int id) {
    int start = words.start(word);
    int end = start + words.length(word);
    long count = words.count(word);
    int write = start;
    for (int read = start; read < end; read++) {
      int symbol = words.get(read);
      if (symbol != left || read + 1 >= end || words.get(read + 1) != right) {
        words.set(write++, symbol);
        continue;
      }
      if (write > start) {
        int before = words.get(write - 1);
        count(LongIntMap.key(before, left), -count);
        addPair(before, id, word, count, withLeft, before);
      }
      words.set(write++, id);
      read++;
      if (read + 1 < end) {
        int after = words.get(read + 1);
        count(LongIntMap.key(right, after), -count);
        addPair(id, after, word, count, after == id ? withLeft : withRight, after);
      }
    }
    words.shorten(word, write - start);
  }

  private void addPair(int left, int right, int word, long count, Candidate[] index, int other) {
    // Strictly less: the reference leaves out pairs of exactly the greatest length too.
    if (length(left) + length(right) >= maxLength) {
      return;
    }
    count(LongIntMap.key(left, right), count);
    Candidate candidate = index[other];
    if (candidate == null) {
      candidate = new Candidate(LongIntMap.key(left, right));
      fresh.add(candidate);
      index[other] = candidate;
    }
    candidate.addWord(word);
  }
}
