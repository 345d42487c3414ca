package dev.embedlab.checkpoint;

import dev.embedlab.input.TokenizedText;
import java.util.List;

/**
 * What did not fit into the model.
 *
 * @param texts number of texts looked at
 * @param truncatedTexts how many of them were longer than the model takes
 * @param cutTokens number of tokens that the model did not see
 * @param tokens number of tokens that it did see, special tokens included
 * @param maxTokens longest input, special tokens included
 */
public record Truncation(
    long texts, long truncatedTexts, long cutTokens, long tokens, int maxTokens) {

  static Truncation of(List<TokenizedText> texts, int maxTokens) {
    return new Truncation(
        texts.size(),
        texts.stream().filter(text -> text.cutTokens() > 0).count(),
        texts.stream().mapToLong(TokenizedText::cutTokens).sum(),
        texts.stream().mapToLong(TokenizedText::length).sum(),
        maxTokens);
  }

  Truncation plus(Truncation other) {
    return new Truncation(
        texts + other.texts,
        truncatedTexts + other.truncatedTexts,
        cutTokens + other.cutTokens,
        tokens + other.tokens,
        maxTokens);
  }

  @Override
  public String toString() {
    return truncatedTexts == 0
        ? "none of %d texts cut (limit %d tokens)".formatted(texts, maxTokens)
        : "%d of %d texts cut at %d tokens, %d of %d tokens lost"
            .formatted(truncatedTexts, texts, maxTokens, cutTokens, tokens + cutTokens);
  }
}
