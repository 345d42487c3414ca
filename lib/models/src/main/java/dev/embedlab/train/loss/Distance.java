package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;

/** How far two vectors are apart; never negative. */
public enum Distance {
  /** {@code 1 - cos}. */
  COSINE {
    @Override
    NDArray pairs(NDArray a, NDArray b) {
      return Tensors.pairCosines(a, b).neg().add(1);
    }

    @Override
    NDArray matrix(NDArray x) {
      return Tensors.cosines(x, x).neg().add(1);
    }
  },
  /** Root of the sum of squares. */
  EUCLIDEAN {
    @Override
    NDArray pairs(NDArray a, NDArray b) {
      return Tensors.sumRows(Tensors.square(a.sub(b).add(PAIR_OFFSET))).sqrt();
    }

    @Override
    NDArray matrix(NDArray x) {
      NDArray dots = x.matMul(x.transpose());
      NDArray norms = Tensors.sumRows(Tensors.square(x));
      NDArray squares = Tensors.scale(dots, -2).add(norms.expandDims(0)).add(norms.expandDims(1));
      return zeroSafeRoot(Tensors.relu(squares));
    }
  },
  /** Sum of absolute differences. */
  MANHATTAN {
    @Override
    NDArray pairs(NDArray a, NDArray b) {
      return Tensors.sumRows(a.sub(b).add(PAIR_OFFSET).abs());
    }

    @Override
    NDArray matrix(NDArray x) {
      return x.expandDims(1).sub(x.expandDims(0)).abs().sum(new int[] {2});
    }
  };

  /** PyTorch's {@code pairwise_distance} adds this, which keeps the root differentiable. */
  static final double PAIR_OFFSET = 1e-6;

  /** Distance of each row to the row of the same number, {@code [rows]}. */
  abstract NDArray pairs(NDArray a, NDArray b);

  /** Distances between all rows, {@code [rows][rows]}. */
  abstract NDArray matrix(NDArray x);

  /** Root whose gradient at 0, infinite in truth, is taken as 0. */
  private static NDArray zeroSafeRoot(NDArray x) {
    float[] values = x.toFloatArray();
    float[] zero = new float[values.length];
    float[] positive = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      zero[i] = values[i] == 0 ? 1e-16f : 0;
      positive[i] = values[i] == 0 ? 0 : 1;
    }
    long[] shape = x.getShape().getShape();
    return x.add(Tensors.constant(x, zero, shape)).sqrt().mul(Tensors.constant(x, positive, shape));
  }
}
