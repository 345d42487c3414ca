package dev.embedlab.tokenize.inspect;

import dev.embedlab.tokenize.Encoding;
import dev.embedlab.tokenize.EncodingOptions;
import dev.embedlab.tokenize.Tokenizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A word and what it was split into.
 *
 * @param word as it stands in the text
 * @param occurrences in the texts
 * @param pieces as the vocabulary writes them
 */
public record SplitWord(String word, int occurrences, List<String> pieces) {

  /** The words of the texts split into most pieces; of equal ones the more frequent first. */
  public static List<SplitWord> longest(Tokenizer tokenizer, Collection<String> texts, int count) {
    Map<String, Integer> words = new TreeMap<>();
    for (String text : texts) {
      for (String word : text.strip().split("\\s+")) {
        if (!word.isEmpty()) {
          words.merge(word, 1, Integer::sum);
        }
      }
    }
    return tokenizer.encodeAll(words.keySet(), EncodingOptions.withoutSpecialTokens()).stream()
        .sorted(
            Comparator.comparingInt((Encoding e) -> -e.size())
                .thenComparingInt(e -> -words.get(e.text()))
                .thenComparing(Encoding::text))
        .limit(count)
        .map(e -> new SplitWord(e.text(), words.get(e.text()), e.pieces()))
        .toList();
  }
}
