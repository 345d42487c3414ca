package dev.embedlab.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.nn.Activation;
import java.util.Map;

/** Single differentiable layers on parameters, for the modules after an encoder. */
public final class EagerModules {

  private final Weights weights;

  public EagerModules(Weights weights) {
    this.weights = weights;
  }

  /**
   * {@code x W^T + b} with the tensors {@code prefix.weight} and, if there is one, {@code .bias}.
   */
  public NDArray linear(NDManager manager, NDArray x, String prefix) {
    return ops(manager).linear(x, prefix);
  }

  /** A linear layer and its activation. */
  public NDArray linear(NDManager manager, NDArray x, String prefix, Activation activation) {
    return ops(manager).linear(x, prefix, activation);
  }

  /** Layer normalization over the last axis. */
  public NDArray layerNorm(NDManager manager, NDArray x, String prefix, double epsilon) {
    return ops(manager).layerNorm(x, prefix, epsilon);
  }

  /** Dropout, always on. */
  public NDArray dropout(NDManager manager, NDArray x, double probability) {
    return ops(manager).dropout(x, probability);
  }

  /** An activation function alone. */
  public static NDArray activate(NDManager manager, NDArray x, Activation activation) {
    return new EagerOps(manager, Map.of(), Map.of(), false).activate(x, activation);
  }

  private EagerOps ops(NDManager manager) {
    return new EagerOps(manager, Map.of(), weights.arrays(), true);
  }
}
