package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;

/** What training makes small. Implementations hold settings, no state. */
@FunctionalInterface
public interface Loss {

  /**
   * @return a scalar, attached to the manager of the first column, through which gradients flow
   *     back to every column
   */
  NDArray compute(Embeddings batch);

  /** As reports show it. */
  default String name() {
    return getClass().getSimpleName();
  }
}
