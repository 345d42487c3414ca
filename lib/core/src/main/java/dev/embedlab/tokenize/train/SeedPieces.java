package dev.embedlab.tokenize.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Unigram training begins with: all characters, and the substrings that occur twice and cannot
 * be made longer without occurring less often, the ones that cover most text first.
 *
 * <p>These substrings are the inner nodes of a suffix tree. No piece is longer than a few
 * characters, so sorting the suffixes by that many characters finds them all.
 */
final class SeedPieces {

  private static final int END_OF_WORD = 0;

  private final int maxLength;
  private final int[] text;
  private final List<Substring> substrings = new ArrayList<>();

  private record Substring(int start, int length, long score) {}

  SeedPieces(WordCounts words, int[] order, int maxLength) {
    this.maxLength = maxLength;
    this.text = flatten(words, order);
    int[] suffixes = new SuffixSorter(text, maxLength + 1).sorted();
    collect(suffixes);
  }

  private static int[] flatten(WordCounts words, int[] order) {
    int total = 0;
    for (int word : order) {
      total += words.chars(word).length + 1;
    }
    int[] flat = new int[total];
    int size = 0;
    for (int word : order) {
      char[] chars = words.chars(word);
      for (int i = 0; i < chars.length; i += Character.charCount(flat[size - 1])) {
        flat[size++] = Character.codePointAt(chars, i);
      }
      flat[size++] = END_OF_WORD;
    }
    return java.util.Arrays.copyOf(flat, size);
  }

  /**
   * Walks the sorted suffixes; every run that shares more characters than its surroundings is a
   * node of the tree.
   */
  private void collect(int[] suffixes) {
    int[] depths = new int[maxLength + 3];
    int[] lefts = new int[maxLength + 3];
    int top = 0;
    for (int i = 1; i <= suffixes.length; i++) {
      int shared = i == suffixes.length ? 0 : shared(suffixes[i - 1], suffixes[i]);
      int left = i - 1;
      while (depths[top] > shared) {
        left = lefts[top];
        add(suffixes[left], depths[top], i - left);
        top--;
      }
      if (depths[top] < shared) {
        top++;
        depths[top] = shared;
        lefts[top] = left;
      }
    }
  }

  private int shared(int a, int b) {
    int length = 0;
    while (length <= maxLength && a + length < text.length && b + length < text.length) {
      int c = text[a + length];
      if (c != text[b + length]) {
        return length;
      }
      length++;
      if (c == END_OF_WORD) {
        return length;
      }
    }
    return length;
  }

  private void add(int start, int length, int occurrences) {
    if (length < 2 || length > maxLength) {
      return;
    }
    for (int i = start; i < start + length; i++) {
      if (text[i] == END_OF_WORD) {
        return;
      }
    }
    substrings.add(new Substring(start, length, (long) occurrences * length));
  }

  /** The pieces with the logarithm of their share of the text, characters first. */
  void addTo(ScoredPieces pieces, WordCounts words, int limit) {
    ScoredPieces raw = new ScoredPieces();
    characters(words).forEach((c, count) -> raw.add(Character.toString(c), count));
    substrings.sort(
        Comparator.comparingLong((Substring s) -> -s.score).thenComparing(this::compareDescending));
    for (Substring substring : substrings) {
      raw.add(new String(text, substring.start, substring.length), substring.score);
      if (raw.size() >= limit) {
        break;
      }
    }
    double sum = 0;
    for (int i = 0; i < raw.size(); i++) {
      sum += raw.score(i);
    }
    for (int i = 0; i < raw.size(); i++) {
      pieces.add(raw.piece(i), Math.log(raw.score(i)) - Math.log(sum));
    }
  }

  /** Characters by falling count, then falling code point. */
  private static Map<Integer, Long> characters(WordCounts words) {
    Map<Integer, Long> counts = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      long count = words.count(i);
      words.word(i).codePoints().forEach(c -> counts.merge(c, count, Long::sum));
    }
    counts.remove(END_OF_WORD);
    Map<Integer, Long> sorted = new java.util.LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey())
                .reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  private int compareDescending(Substring a, Substring b) {
    return java.util.Arrays.compare(
        text, b.start, b.start + b.length, text, a.start, a.start + a.length);
  }
}
