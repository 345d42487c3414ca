package dev.embedlab.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.input.TokenBatch;
import java.util.function.Supplier;

/**
 * A runner that holds a copy of the weights, until they are trained; from then on one that reads
 * the weights themselves, so that vectors always belong to the model as it is.
 */
public final class SnapshotRunner implements NetworkRunner {

  private final Weights weights;
  private final NetworkRunner copy;
  private final Supplier<NetworkRunner> startLive;
  private NetworkRunner live;

  /**
   * @param copy has converted the weights; closed with this
   * @param startLive starts the runner that takes over
   */
  public SnapshotRunner(Weights weights, NetworkRunner copy, Supplier<NetworkRunner> startLive) {
    this.weights = weights;
    this.copy = copy;
    this.startLive = startLive;
  }

  private NetworkRunner current() {
    return weights.isTrained() ? live() : copy;
  }

  private synchronized NetworkRunner live() {
    if (live == null) {
      live = startLive.get();
    }
    return live;
  }

  @Override
  public String name() {
    return current().name();
  }

  @Override
  public NDArray run(NDManager results, TokenBatch batch) {
    return current().run(results, batch);
  }

  @Override
  public synchronized void close() {
    copy.close();
    if (live != null) {
      live.close();
    }
  }
}
