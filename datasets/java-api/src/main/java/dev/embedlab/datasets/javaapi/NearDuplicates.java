package dev.embedlab.datasets.javaapi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds sentences that share most of their words with one of a given set (Jaccard similarity of
 * word sets at least {@link #THRESHOLD}). Prefix filtering (Chaudhuri, Ganti and Kaushik, 2006):
 * two sets that similar must share one of their few rarest words, so only those are looked up.
 */
final class NearDuplicates {

  static final double THRESHOLD = 0.8;

  private final Map<String, Integer> frequency = new HashMap<>();
  private final Map<String, List<Set<String>>> byRareWord = new HashMap<>();

  NearDuplicates(Collection<String> keys) {
    List<Set<String>> sets = keys.stream().map(Sentences::words).toList();
    sets.forEach(set -> set.forEach(word -> frequency.merge(word, 1, Integer::sum)));
    for (Set<String> set : sets) {
      for (String word : prefix(set)) {
        byRareWord.computeIfAbsent(word, w -> new ArrayList<>()).add(set);
      }
    }
  }

  boolean contains(String key) {
    Set<String> words = Sentences.words(key);
    Set<Set<String>> seen = new HashSet<>();
    for (String word : prefix(words)) {
      for (Set<String> candidate : byRareWord.getOrDefault(word, List.of())) {
        if (seen.add(candidate) && Sentences.overlap(words, candidate) >= THRESHOLD) {
          return true;
        }
      }
    }
    return false;
  }

  private List<String> prefix(Set<String> words) {
    int length = words.size() - (int) Math.ceil(THRESHOLD * words.size()) + 1;
    return words.stream()
        .sorted(
            Comparator.<String>comparingInt(w -> frequency.getOrDefault(w, 0))
                .thenComparing(Comparator.naturalOrder()))
        .limit(length)
        .toList();
  }
}
