package dev.embedlab.tokenize.train;

import dev.embedlab.tokenize.model.Vocabulary;
import dev.embedlab.tokenize.model.WordLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes the most frequent words; of equally frequent ones the lower in code-point order.
 *
 * @param vocabularySize most words, special tokens included
 * @param minFrequency rarer words are left out
 * @param specialTokens first in the vocabulary
 * @param unknownPiece stands for all other words; one of the special tokens
 */
public record WordLevelTrainer(
    int vocabularySize, long minFrequency, List<String> specialTokens, String unknownPiece)
    implements ModelTrainer {

  public WordLevelTrainer {
    specialTokens = List.copyOf(specialTokens);
  }

  @Override
  public WordLevel train(WordCounts words) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.count(i) >= minFrequency) {
        order.add(i);
      }
    }
    order.sort(
        Comparator.comparingLong((Integer i) -> -words.count(i))
            .thenComparing(words::word, CodePointOrder.INSTANCE));
    Set<String> pieces = new LinkedHashSet<>(specialTokens);
    for (int i = 0; i < order.size() && pieces.size() < vocabularySize; i++) {
      pieces.add(words.word(order.get(i)));
    }
    return new WordLevel(Vocabulary.of(new ArrayList<>(pieces)), unknownPiece);
  }
}
