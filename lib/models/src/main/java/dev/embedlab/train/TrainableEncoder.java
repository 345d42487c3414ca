package dev.embedlab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.encode.Encoder;
import java.util.List;
import java.util.Map;

/** An encoder whose weights a {@link Trainer} changes. */
public interface TrainableEncoder extends AutoCloseable {

  /**
   * Tokenizes texts ahead of time, on all cores; texts that {@link #forward} meets without this are
   * tokenized then. Optional.
   */
  default void prepare(List<String> texts) {}

  /**
   * @param step owns the result and all arrays made on the way; closed after the backward pass
   * @param training whether dropout is on
   * @return {@code [texts][dim]}, differentiable with respect to {@link #weights()}
   */
  NDArray forward(NDManager step, List<String> texts, boolean training);

  /**
   * All trainable weights by name, in a fixed order; the arrays stay the same ones as long as this
   * object lives.
   */
  Map<String, NDArray> weights();

  /** An encoder with the weights as they are now; valid until the next training step. */
  Encoder snapshot(String name);

  @Override
  void close();
}
