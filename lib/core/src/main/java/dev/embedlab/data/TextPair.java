package dev.embedlab.data;

import static java.util.Objects.requireNonNull;

/**
 * Two texts that belong together: a sentence and its translation, a question and its answer.
 *
 * @param first text
 * @param second text
 */
public record TextPair(String first, String second) {

  public TextPair {
    requireNonNull(first, "first");
    requireNonNull(second, "second");
  }
}
