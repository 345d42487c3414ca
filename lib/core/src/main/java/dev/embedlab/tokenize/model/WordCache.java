package dev.embedlab.tokenize.model;

import java.util.Arrays;

/**
 * The pieces of words seen lately. Most running text repeats few words, so this is where encoding
 * gets its speed.
 *
 * <p>Safe for several threads without a lock: a slot holds an immutable entry, and a lost update
 * only costs the work of splitting that word again. Memory is bounded by the number of slots.
 */
final class WordCache {

  private static final int SLOTS = 1 << 16;
  private static final int LONGEST_WORD = 48;

  private final Entry[] slots = new Entry[SLOTS];

  private record Entry(char[] word, int[] ids, int[] bounds) {}

  /** Splits one word; positions count from the start of {@code chars}. */
  @FunctionalInterface
  interface Splitter {
    void split(char[] chars, int from, int to, PieceSink sink);
  }

  void split(char[] chars, int from, int to, PieceSink sink, Splitter splitter) {
    if (to - from > LONGEST_WORD) {
      splitter.split(chars, from, to, sink);
      return;
    }
    int slot = CharTable.hash(chars, from, to) & SLOTS - 1;
    Entry entry = slots[slot];
    if (entry == null || !CharTable.equal(entry.word, chars, from, to)) {
      Recorder recorder = new Recorder(from, to - from);
      splitter.split(chars, from, to, recorder);
      entry = recorder.entry(Arrays.copyOfRange(chars, from, to));
      slots[slot] = entry;
    }
    for (int i = 0; i < entry.ids.length; i++) {
      sink.piece(entry.ids[i], from + entry.bounds[2 * i], from + entry.bounds[2 * i + 1]);
    }
  }

  private static final class Recorder implements PieceSink {

    // A character can fall back to four bytes, hence four pieces.
    private static final int PIECES_PER_UNIT = 4;

    private final int origin;
    private final int[] ids;
    private final int[] bounds;
    private int size;

    Recorder(int origin, int units) {
      this.origin = origin;
      ids = new int[units * PIECES_PER_UNIT];
      bounds = new int[2 * ids.length];
    }

    @Override
    public void piece(int id, int from, int to) {
      ids[size] = id;
      bounds[2 * size] = from - origin;
      bounds[2 * size + 1] = to - origin;
      size++;
    }

    Entry entry(char[] word) {
      return new Entry(word, Arrays.copyOf(ids, size), Arrays.copyOf(bounds, 2 * size));
    }
  }
}
