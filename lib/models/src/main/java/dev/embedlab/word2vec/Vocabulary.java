package dev.embedlab.word2vec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Words with their counts, most frequent first, ties in alphabetical order; immutable. */
public final class Vocabulary {

  private final List<String> words;
  private final long[] counts;
  private final long[] documentCounts;
  private final long documents;
  private final Map<String, Integer> ids;

  private Vocabulary(List<Entry> entries, long documents) {
    this.words = entries.stream().map(Entry::word).toList();
    this.counts = entries.stream().mapToLong(Entry::count).toArray();
    this.documentCounts = entries.stream().mapToLong(Entry::documents).toArray();
    this.documents = documents;
    this.ids = HashMap.newHashMap(words.size());
    for (int i = 0; i < words.size(); i++) {
      ids.put(words.get(i), i);
    }
  }

  /**
   * Counts the words of texts.
   *
   * @param texts each a list of words
   * @param minCount words seen less often are left out, at least 1
   */
  public static Vocabulary count(List<List<String>> texts, int minCount) {
    Map<String, long[]> tallies = new HashMap<>();
    long document = 0;
    for (List<String> text : texts) {
      document++;
      for (String word : text) {
        long[] tally = tallies.computeIfAbsent(word, w -> new long[3]);
        tally[0]++;
        if (tally[2] != document) {
          tally[2] = document;
          tally[1]++;
        }
      }
    }
    List<Entry> entries = new ArrayList<>();
    tallies.forEach(
        (word, tally) -> {
          if (tally[0] >= minCount) {
            entries.add(new Entry(word, tally[0], tally[1]));
          }
        });
    entries.sort(Comparator.comparingLong(Entry::count).reversed().thenComparing(Entry::word));
    return new Vocabulary(entries, document);
  }

  /** A vocabulary of words without counts, in the order given; every count is 1. */
  public static Vocabulary of(List<String> words) {
    return new Vocabulary(words.stream().map(word -> new Entry(word, 1, 1)).toList(), 1);
  }

  public int size() {
    return words.size();
  }

  public String word(int id) {
    return words.get(id);
  }

  public List<String> words() {
    return words;
  }

  public OptionalInt id(String word) {
    Integer id = ids.get(word);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** How often the word occurs. */
  public long count(int id) {
    return counts[id];
  }

  /** Number of occurrences of all words together. */
  public long total() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /** Inverse document frequency, {@code ln((N + 1) / (n + 1)) + 1}, as scikit-learn smooths it. */
  public double inverseDocumentFrequency(int id) {
    return Math.log((documents + 1.0) / (documentCounts[id] + 1.0)) + 1;
  }

  /** Ids of the known words of a text, in order; unknown words are left out. */
  int[] ids(List<String> text) {
    int[] known = new int[text.size()];
    int n = 0;
    for (String word : text) {
      Integer id = ids.get(word);
      if (id != null) {
        known[n++] = id;
      }
    }
    return java.util.Arrays.copyOf(known, n);
  }

  private record Entry(String word, long count, long documents) {}
}
