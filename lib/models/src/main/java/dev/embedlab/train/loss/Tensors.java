package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** The operations losses share, each safe to differentiate through. */
final class Tensors {

  private static final double NORM_FLOOR = 1e-12;

  private Tensors() {}

  /**
   * {@code x * factor}. DJL's own {@code mul(Number)} leaves autograd with a pointer into a buffer
   * that the garbage collector frees; an array filled by libtorch is counted by libtorch.
   */
  static NDArray scale(NDArray x, double factor) {
    return x.mul(x.getManager().full(new Shape(), (float) factor));
  }

  /** Rows scaled to unit length, {@code [rows][dim]}. */
  static NDArray unitRows(NDArray x) {
    return x.normalize(2, 1, NORM_FLOOR);
  }

  /** Cosines of all rows with all rows, {@code [a rows][b rows]}. */
  static NDArray cosines(NDArray a, NDArray b) {
    return unitRows(a).matMul(unitRows(b).transpose());
  }

  /** Cosine of each row with the row of the same number, {@code [rows]}. */
  static NDArray pairCosines(NDArray a, NDArray b) {
    return unitRows(a).mul(unitRows(b)).sum(new int[] {1});
  }

  /**
   * Mean cross-entropy.
   *
   * @param logits {@code [rows][classes]}
   * @param classes {@code [rows]}, int64
   */
  static NDArray crossEntropy(NDArray logits, NDArray classes) {
    NDArray picked = logits.logSoftmax(1).gather(classes.expandDims(1), 1);
    return picked.mean().neg();
  }

  /** {@code [n]}: 0, 1, 2 ... as int64. */
  static NDArray range(NDArray like, long n) {
    return like.getManager().arange(0, n, 1, DataType.INT64);
  }
}
