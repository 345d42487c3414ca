package dev.embedlab.datasets.javaapi;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds texts that contain one of many sentences word for word. */
final class Quotations {

  /** Number of words to the sentences of that length. */
  private final Map<Integer, Set<String>> byLength = new HashMap<>();

  Quotations(Collection<String> keys, int minWords) {
    for (String key : keys) {
      int words = key.split(" ").length;
      if (words >= minWords) {
        byLength.computeIfAbsent(words, n -> new HashSet<>()).add(key);
      }
    }
  }

  boolean in(String text) {
    String[] words = Sentences.normalise(text).split(" ");
    for (Map.Entry<Integer, Set<String>> entry : byLength.entrySet()) {
      int n = entry.getKey();
      for (int i = 0; i + n <= words.length; i++) {
        if (entry.getValue().contains(join(words, i, n))) {
          return true;
        }
      }
    }
    return false;
  }

  private static String join(String[] words, int from, int count) {
    StringBuilder out = new StringBuilder(words[from]);
    for (int i = from + 1; i < from + count; i++) {
      out.append(' ').append(words[i]);
    }
    return out.toString();
  }
}
