package dev.embedlab.checkpoint;

import dev.embedlab.input.TokenBatch;

/**
 * The weight of each token in the pooled vector; every mode but the maximum is a weighted sum.
 * Tokens of the prompt and padding weigh nothing.
 */
final class PoolingWeights {

  private PoolingWeights() {}

  /** {@code [size * tokens]}, row by row. */
  static float[] of(PoolingMode mode, TokenBatch batch, int from) {
    float[] weights = new float[batch.size() * batch.tokens()];
    for (int row = 0; row < batch.size(); row++) {
      fill(mode, weights, row * batch.tokens(), from, batch.lengths()[row]);
    }
    return weights;
  }

  private static void fill(PoolingMode mode, float[] weights, int start, int from, int to) {
    int count = to - from;
    if (mode == PoolingMode.CLS) {
      // The reference takes position 0 when nothing but the prompt is left.
      weights[start + (count > 0 ? from : 0)] = 1;
      return;
    }
    if (count <= 0) {
      return;
    }
    if (mode == PoolingMode.LAST_TOKEN) {
      weights[start + to - 1] = 1;
      return;
    }
    // 1-based positions from + 1 ... to add up to this.
    float positions = (float) ((long) (from + 1 + to) * count / 2.0);
    for (int i = from; i < to; i++) {
      weights[start + i] =
          switch (mode) {
            case MEAN -> 1f / count;
            case MEAN_SQRT_LENGTH -> (float) (1 / Math.sqrt(count));
            case WEIGHTED_MEAN -> (i + 1) / positions;
            default -> throw new IllegalArgumentException(mode + " is not a weighted sum.");
          };
    }
  }
}
