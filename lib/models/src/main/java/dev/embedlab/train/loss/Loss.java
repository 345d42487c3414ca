package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/** What training makes small. Implementations hold settings, no state. */
@FunctionalInterface
public interface Loss {

  /**
   * @return a scalar, attached to the manager of the first column, through which gradients flow
   *     back to every column
   */
  NDArray compute(Embeddings batch);

  /**
   * Whether examples may differ in their number of negatives. Column k then holds the k-th texts of
   * the rows that have one, which are the first rows of the batch.
   */
  default boolean allowsRaggedNegatives() {
    return false;
  }

  /**
   * Which labels this loss needs, if those of an example are not such: a phrase that goes on after
   * "needs", for example "one score".
   */
  default Optional<String> missingOf(List<Float> labels) {
    return Optional.empty();
  }

  /** As reports show it. */
  default String name() {
    return getClass().getSimpleName();
  }
}
