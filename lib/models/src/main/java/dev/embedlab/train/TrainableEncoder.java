package dev.embedlab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;

/** An encoder whose weights a {@link Trainer} changes. */
public interface TrainableEncoder extends AutoCloseable {

  /** Token ids of texts, {@code [texts][tokens]}, as {@link #forward} wants them. */
  List<int[]> tokenize(List<String> texts);

  /**
   * @param step owns the result and all arrays made on the way; closed after the backward pass
   * @param tokens {@code [batch][tokens]}
   * @return {@code [batch][dim]}, differentiable with respect to {@link #weights()}
   */
  NDArray forward(NDManager step, List<int[]> tokens);

  /** All trainable weights by name; the arrays stay the same ones as long as this object lives. */
  Map<String, NDArray> weights();

  @Override
  void close();
}
