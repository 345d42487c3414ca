package dev.embedlab.tokenize.chunk;

import dev.embedlab.tokenize.Tokenizer;

/**
 * How much a chunk may hold: pieces of the tokenizer of the model that will read it.
 *
 * @param tokenizer of the model
 * @param maxPieces special tokens included
 */
public record TokenBudget(Tokenizer tokenizer, int maxPieces) {

  public TokenBudget {
    int special = tokenizer.encode("").size();
    if (maxPieces <= special) {
      throw new IllegalArgumentException(
          "A budget of %d pieces leaves no room beside %d special tokens; raise it."
              .formatted(maxPieces, special));
    }
  }

  /** Pieces of a text, special tokens included. */
  public int count(String text) {
    return tokenizer.encode(text).size();
  }

  /** Whether the model can read the text whole. */
  public boolean fits(String text) {
    return count(text) <= maxPieces;
  }

  boolean fits(String text, Span span) {
    return fits(text.substring(span.start(), span.end()));
  }
}
