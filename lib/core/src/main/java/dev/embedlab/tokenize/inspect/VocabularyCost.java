package dev.embedlab.tokenize.inspect;

import dev.embedlab.tokenize.Tokenizer;
import java.util.Collection;

/**
 * What a vocabulary size costs: a larger one needs a larger embedding table, a smaller one makes
 * longer inputs.
 *
 * @param vocabularySize pieces
 * @param embeddingParameters numbers in the embedding table
 * @param piecesPerText mean length of a text, special tokens not counted
 * @param attentionRatio attention work beside that of inputs of one piece a word; it grows with the
 *     square of the length
 */
public record VocabularyCost(
    int vocabularySize, long embeddingParameters, double piecesPerText, double attentionRatio) {

  /**
   * @param dimensions of the embedding table, for example 384
   */
  public static VocabularyCost of(Tokenizer tokenizer, Collection<String> texts, int dimensions) {
    if (dimensions < 1) {
      throw new IllegalArgumentException(
          "An embedding table of %d dimensions is not possible; give at least 1."
              .formatted(dimensions));
    }
    TokenStatistics statistics = TokenStatistics.of(tokenizer, texts);
    double fertility = statistics.piecesPerWord();
    return new VocabularyCost(
        tokenizer.vocabularySize(),
        (long) tokenizer.vocabularySize() * dimensions,
        statistics.piecesPerText(),
        fertility * fertility);
  }
}
