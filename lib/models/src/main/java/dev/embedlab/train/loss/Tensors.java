package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.embedlab.engine.Products;

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

  /** {@code max(0, x)}. */
  static NDArray relu(NDArray x) {
    return x.getNDArrayInternal().relu();
  }

  static NDArray square(NDArray x) {
    return x.mul(x);
  }

  /** Rows scaled to unit length, {@code [rows][dim]}. */
  static NDArray unitRows(NDArray x) {
    return x.normalize(2, 1, NORM_FLOOR);
  }

  /** Cosines of all rows with all rows, {@code [a rows][b rows]}. */
  static NDArray cosines(NDArray a, NDArray b) {
    return Products.linear(unitRows(a), unitRows(b), null);
  }

  /** Cosine of each row with the row of the same number, {@code [rows]}. */
  static NDArray pairCosines(NDArray a, NDArray b) {
    return sumRows(unitRows(a).mul(unitRows(b)));
  }

  /** Inner product of each row with the row of the same number, {@code [rows]}. */
  static NDArray pairDots(NDArray a, NDArray b) {
    return sumRows(a.mul(b));
  }

  static NDArray sumRows(NDArray x) {
    return x.sum(new int[] {1});
  }

  /** Logarithm of the sum of exponentials of a vector, safe from overflow; a scalar. */
  static NDArray logSumExp(NDArray vector) {
    // logSoftmax(x)_i = x_i - logsumexp(x), whichever i.
    return vector.get(0).sub(vector.logSoftmax(0).get(0));
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

  /** A constant on the manager of {@code like}, which keeps it until the backward pass is over. */
  static NDArray constant(NDArray like, float[] values, long... shape) {
    return like.getManager().create(values, new Shape(shape));
  }
}
