package dev.embedlab.engine;

import ai.djl.engine.Engine;
import java.util.concurrent.atomic.AtomicBoolean;

/** Loads libtorch beside other work: that takes half a second, as reading a checkpoint does. */
public final class NativeLibraries {

  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private NativeLibraries() {}

  /** Begins, once; returns at once. An error is told to whoever uses the engine first. */
  public static void load() {
    if (BEGUN.compareAndSet(false, true)) {
      WorkerThreads.start(() -> Engine.getEngine("PyTorch"));
    }
  }
}
