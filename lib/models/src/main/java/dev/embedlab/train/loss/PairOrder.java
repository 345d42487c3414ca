package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** What CoSENT and AnglE share: pairs must be ordered by similarity as they are by label. */
final class PairOrder {

  /** Takes pairs of pairs that need no order out of the sum, as the reference does. */
  private static final float EXCLUDED = 1e12f;

  private PairOrder() {}

  /**
   * {@code log(1 + sum over y_i < y_j of exp(s_i - s_j))}.
   *
   * @param similarities {@code [pairs]}, already scaled
   * @param labels {@code [pairs]}
   */
  static NDArray loss(NDArray similarities, NDArray labels) {
    float[] y = labels.toFloatArray();
    int n = y.length;
    float[] excluded = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        excluded[i * n + j] = y[i] < y[j] ? 0 : EXCLUDED;
      }
    }
    NDArray differences = similarities.expandDims(1).sub(similarities.expandDims(0));
    NDArray kept = differences.sub(Tensors.constant(similarities, excluded, n, n));
    NDArray zero = similarities.getManager().zeros(new Shape(1));
    return Tensors.logSumExp(zero.concat(kept.flatten()));
  }
}
