package dev.embedlab.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.nn.Network;

/**
 * Runs operation by operation. Slowest, differentiable, and what the others are checked against.
 */
public final class EagerRunner implements NetworkRunner {

  private final Network network;
  private final Weights weights;

  public EagerRunner(Network network, Weights weights) {
    this.network = network;
    this.weights = weights;
  }

  @Override
  public String name() {
    return "eager";
  }

  @Override
  public NDArray run(NDManager results, TokenBatch batch) {
    try (NDManager scratch = results.newSubManager();
        GradMode _ = GradMode.off()) {
      EagerOps ops =
          EagerOps.inference(
              scratch, BatchArrays.create(scratch, network, batch), weights.arrays());
      NDArray output = network.forward(ops);
      output.attach(results);
      return output;
    }
  }

  /**
   * Runs one batch so that a gradient collector can differentiate it.
   *
   * @param manager owns everything in between; must stay open until backward
   * @param training whether a backward pass and dropout are wanted
   */
  public NDArray forward(NDManager manager, TokenBatch batch, boolean training) {
    return forward(manager, batch, training, training);
  }

  /**
   * As {@link #forward(NDManager, TokenBatch, boolean)}, with dropout by itself.
   *
   * @param training whether the operations are those that have the faster backward pass
   */
  public NDArray forward(NDManager manager, TokenBatch batch, boolean training, boolean dropout) {
    weights.markTrained();
    EagerOps ops =
        new EagerOps(
            manager,
            BatchArrays.create(manager, network, batch),
            weights.arrays(),
            training,
            dropout);
    return network.forward(ops);
  }

  @Override
  public void close() {}
}
