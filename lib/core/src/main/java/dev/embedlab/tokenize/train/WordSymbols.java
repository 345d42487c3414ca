package dev.embedlab.tokenize.train;

import java.util.Arrays;

/** The current pieces of every word, one after another in one array. */
final class WordSymbols {

  private int[] symbols = new int[1 << 16];
  private final int[] starts;
  private final int[] lengths;
  private final long[] counts;
  private int words;
  private int end;

  WordSymbols(int words) {
    starts = new int[words];
    lengths = new int[words];
    counts = new long[words];
  }

  void append(int id) {
    if (end == symbols.length) {
      symbols = Arrays.copyOf(symbols, end * 2);
    }
    symbols[end++] = id;
  }

  void endWord(long count) {
    starts[words] = words == 0 ? 0 : starts[words - 1] + lengths[words - 1];
    lengths[words] = end - starts[words];
    counts[words] = count;
    words++;
  }

  /** The greatest piece number. */
  int greatest() {
    int greatest = 0;
    for (int i = 0; i < end; i++) {
      greatest = Math.max(greatest, symbols[i]);
    }
    return greatest;
  }

  int words() {
    return words;
  }

  int start(int word) {
    return starts[word];
  }

  int length(int word) {
    return lengths[word];
  }

  long count(int word) {
    return counts[word];
  }

  int get(int position) {
    return symbols[position];
  }

  void set(int position, int id) {
    symbols[position] = id;
  }

  void shorten(int word, int length) {
    lengths[word] = length;
  }
}
