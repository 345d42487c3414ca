package dev.embedlab.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.input.TokenBatch;

/** Runs a {@link dev.embedlab.nn.Network} on batches. Safe for several threads. */
public interface NetworkRunner extends AutoCloseable {

  /** As options and reports show it, for example {@code eager}. */
  String name();

  /**
   * Runs one batch without recording gradients.
   *
   * @param results owns the array that is returned
   * @return token vectors {@code [batch][tokens][hidden]}, or logits {@code [batch][labels]}
   */
  NDArray run(NDManager results, TokenBatch batch);

  @Override
  void close();
}
