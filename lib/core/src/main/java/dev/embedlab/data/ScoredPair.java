package dev.embedlab.data;

import static java.util.Objects.requireNonNull;

/**
 * Two texts and how alike they are.
 *
 * @param first text
 * @param second text
 * @param score higher means more alike; 0 or 1 where pairs are only told apart
 */
public record ScoredPair(String first, String second, double score) {

  public ScoredPair {
    requireNonNull(first, "first");
    requireNonNull(second, "second");
  }
}
