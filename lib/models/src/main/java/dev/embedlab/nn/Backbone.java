package dev.embedlab.nn;

import java.util.List;
import java.util.Set;

/** An encoder that turns token ids into one vector for each token. */
public interface Backbone {

  /** As in {@code config.json}, for example {@code bert}. */
  String modelType();

  /** Length of the token vectors. */
  int hiddenSize();

  /** Longest input in tokens that the position embeddings reach, special tokens included. */
  int maxTokens();

  /** Constants that the inputs of a batch are computed with. */
  Geometry geometry();

  /** What {@link #forward} asks its {@link Ops} for. */
  Set<Input> inputs();

  /** The tensors of the checkpoint, in its order, without prefix. */
  List<TensorSpec> tensors();

  /**
   * Computes token vectors.
   *
   * @return {@code [batch][tokens][hiddenSize]}
   */
  <T> T forward(Ops<T> ops);
}
