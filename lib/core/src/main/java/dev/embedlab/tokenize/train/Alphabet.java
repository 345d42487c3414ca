package dev.embedlab.tokenize.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The characters a vocabulary begins with. */
final class Alphabet {

  private Alphabet() {}

  /**
   * The code points of the words and the initial ones, ascending.
   *
   * @param limit most characters kept, the rarest going first; of equally rare ones the highest
   *     code point goes first
   */
  static List<Integer> of(WordCounts words, Set<Integer> initial, int limit) {
    Map<Integer, Long> counts = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      long count = words.count(i);
      words.word(i).codePoints().forEach(c -> counts.merge(c, count, Long::sum));
    }
    initial.forEach(c -> counts.put(c, Long.MAX_VALUE));
    List<Integer> kept = new ArrayList<>(counts.keySet());
    if (kept.size() > limit) {
      kept.sort(Comparator.comparing((Integer c) -> -counts.get(c)).thenComparing(c -> c));
      kept = new ArrayList<>(kept.subList(0, limit));
    }
    kept.sort(Comparator.naturalOrder());
    return kept;
  }
}
