package dev.embedlab.tokenize.train;

import dev.embedlab.tokenize.split.PreTokenizer;
import dev.embedlab.tokenize.split.Splits;
import dev.embedlab.tokenize.text.NormalizedText;
import dev.embedlab.tokenize.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How often each word occurs. Words are found by their characters, so counting makes a string only
 * of new words.
 */
public final class WordCounts {

  private char[][] words = new char[1024][];
  private long[] counts = new long[1024];
  private int[] slots = new int[4096];
  private int size;

  /** Normalizes and cuts texts on all cores, and counts the words. */
  public static WordCounts of(
      Stream<String> texts, Optional<Normalizer> normalizer, Optional<PreTokenizer> preTokenizer) {
    return texts
        .parallel()
        .collect(
            WordCounts::new,
            (counts, text) -> counts.addText(text, normalizer, preTokenizer),
            WordCounts::addAll);
  }

  private void addText(
      String text, Optional<Normalizer> normalizer, Optional<PreTokenizer> preTokenizer) {
    NormalizedText original = NormalizedText.of(text);
    NormalizedText normal = normalizer.map(n -> n.normalize(original)).orElse(original);
    Splits splits = preTokenizer.map(p -> p.split(normal)).orElseGet(() -> Splits.whole(normal));
    char[] chars = splits.text().chars();
    for (int i = 0; i < splits.size(); i++) {
      add(chars, splits.from(i), splits.to(i), 1);
    }
  }

  private void addAll(WordCounts other) {
    for (int i = 0; i < other.size; i++) {
      add(other.words[i], 0, other.words[i].length, other.counts[i]);
    }
  }

  /** Adds {@code count} occurrences of the word {@code chars[from, to)}. */
  void add(char[] chars, int from, int to, long count) {
    int slot = slot(chars, from, to);
    if (slots[slot] == 0) {
      if (size == words.length) {
        grow();
        slot = slot(chars, from, to);
      }
      words[size] = Arrays.copyOfRange(chars, from, to);
      slots[slot] = ++size;
    }
    counts[slots[slot] - 1] += count;
  }

  private int slot(char[] chars, int from, int to) {
    int mask = slots.length - 1;
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + chars[i];
    }
    hash *= 0x9E3779B1;
    int slot = (hash ^ hash >>> 15) & mask;
    while (slots[slot] != 0
        && !Arrays.equals(
            words[slots[slot] - 1], 0, words[slots[slot] - 1].length, chars, from, to)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    words = Arrays.copyOf(words, size * 2);
    counts = Arrays.copyOf(counts, size * 2);
    slots = new int[slots.length * 2];
    for (int i = 0; i < size; i++) {
      slots[slot(words[i], 0, words[i].length)] = i + 1;
    }
  }

  /** The words in code-point order, so that sums over them come out the same on every run. */
  int[] sortedOrder() {
    return java.util.stream.IntStream.range(0, size)
        .boxed()
        .sorted(java.util.Comparator.comparing(this::word, CodePointOrder.INSTANCE))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Number of different words. */
  public int size() {
    return size;
  }

  /** Word {@code i}; the order of words is not fixed. */
  public String word(int i) {
    return new String(words[i]);
  }

  char[] chars(int i) {
    return words[i];
  }

  /** Occurrences of word {@code i}. */
  public long count(int i) {
    return counts[i];
  }
}
