package dev.embedlab.engine;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Switches recording of gradients off for the current thread, and back when closed. PyTorch keeps
 * the switch per thread and starts every new thread with recording on.
 */
public final class GradMode implements AutoCloseable {

  private final boolean before;

  private GradMode(boolean before) {
    this.before = before;
  }

  /** No gradients until {@link #close}, on this thread. */
  public static GradMode off() {
    GradMode mode = new GradMode(JniUtils.isGradMode());
    JniUtils.setGradMode(false);
    return mode;
  }

  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
