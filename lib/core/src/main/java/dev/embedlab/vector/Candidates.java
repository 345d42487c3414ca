package dev.embedlab.vector;

import java.util.Arrays;

/**
 * Vectors that may be among the k best of a query, by scores known to within a margin. The k-th
 * best of the scores' lower ends tells which of the others are still possible.
 */
final class Candidates {

  /** Scores a vector to the last bit. */
  @FunctionalInterface
  interface Scorer {
    float score(int position);
  }

  private static final int CAPACITY = 512;

  private final TopK lowest;
  private final TopK best;
  private final Scorer scorer;
  private int[] positions = new int[32];
  private float[] highest = new float[32];
  private int size;

  /**
   * @param k most hits
   * @param scorer asked for what cannot be told apart by the margin
   */
  Candidates(int k, Scorer scorer) {
    this.lowest = new TopK(k);
    this.best = new TopK(k);
    this.scorer = scorer;
  }

  /** What a score and its margin must reach together. */
  float threshold() {
    return Math.max(lowest.threshold(), best.threshold());
  }

  /** Takes a vector whose true score is at most {@code margin} away from the given one. */
  void offer(float score, float margin, int position) {
    if (size == CAPACITY) {
      settle();
    }
    if (size == positions.length) {
      positions = Arrays.copyOf(positions, 2 * size);
      highest = Arrays.copyOf(highest, 2 * size);
    }
    positions[size] = position;
    highest[size++] = score + margin;
    lowest.offer(score - margin, position);
  }

  private void settle() {
    for (int i = 0; i < size; i++) {
      if (highest[i] >= threshold()) {
        best.offer(scorer.score(positions[i]), positions[i]);
      }
    }
    size = 0;
  }

  /** The k best of all offered, with exact scores. */
  TopK settled() {
    settle();
    return best;
  }
}
