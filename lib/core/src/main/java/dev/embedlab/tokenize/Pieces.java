package dev.embedlab.tokenize;

import dev.embedlab.tokenize.text.NormalizedText;
import java.util.Arrays;

/**
 * Growing columns of an encoding: numbers, offsets, words, segments. Changed only while it is
 * built.
 */
final class Pieces {

  private static final int SPECIAL_WORD = -1;

  private int[] ids;
  private int[] starts;
  private int[] ends;
  private int[] words;
  // Two bits a piece: which text it is from, and which segment the model is told.
  private byte[] origins;
  private int size;

  Pieces(int capacity) {
    int least = Math.max(8, capacity);
    ids = new int[least];
    starts = new int[least];
    ends = new int[least];
    words = new int[least];
    origins = new byte[least];
  }

  /** Adds a piece found at {@code [from, to)} of a normalized text. */
  void add(int id, NormalizedText text, int from, int to, int word) {
    add(id, text.originalStart(from), text.originalEnd(to - 1), word);
  }

  /** Adds a piece found at {@code [start, end)} of the original text. */
  void add(int id, int start, int end, int word) {
    if (size == ids.length) {
      grow();
    }
    ids[size] = id;
    starts[size] = start;
    ends[size] = end;
    words[size] = word;
    origins[size] = 0;
    size++;
  }

  void addSpecial(int id, int type) {
    add(id, 0, 0, SPECIAL_WORD);
    origins[size - 1] = (byte) (type << 1);
  }

  /** Adds the pieces {@code [from, to)} of another, as a sequence of a segment. */
  void addAll(Pieces other, int from, int to, int sequence, int type) {
    for (int i = from; i < to; i++) {
      add(other.ids[i], other.starts[i], other.ends[i], other.words[i]);
      origins[size - 1] = (byte) (type << 1 | sequence);
    }
  }

  private void grow() {
    int capacity = size * 2;
    ids = Arrays.copyOf(ids, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    words = Arrays.copyOf(words, capacity);
    origins = Arrays.copyOf(origins, capacity);
  }

  /** Moves the ends of a piece; used where offsets leave out white space. */
  void setOffsets(int i, int start, int end) {
    starts[i] = start;
    ends[i] = end;
  }

  int size() {
    return size;
  }

  int[] ids() {
    return Arrays.copyOf(ids, size);
  }

  int id(int i) {
    return ids[check(i)];
  }

  int start(int i) {
    return starts[check(i)];
  }

  int end(int i) {
    return ends[check(i)];
  }

  int word(int i) {
    return words[check(i)];
  }

  int sequence(int i) {
    return origins[check(i)] & 1;
  }

  int type(int i) {
    return origins[check(i)] >> 1;
  }

  int[] types() {
    int[] types = new int[size];
    for (int i = 0; i < size; i++) {
      types[i] = type(i);
    }
    return types;
  }

  boolean isSpecial(int i) {
    return words[check(i)] == SPECIAL_WORD;
  }

  private int check(int i) {
    return java.util.Objects.checkIndex(i, size);
  }
}
