package dev.embedlab.kernel.runtime;

/** Where the kernel registers itself for the code in cells. */
public final class Bridge {
  private static volatile KernelBridge installed;

  private Bridge() {}

  /**
   * Called once by the kernel.
   *
   * @throws IllegalStateException when a kernel is registered already
   */
  public static synchronized void install(KernelBridge bridge) {
    if (installed != null) {
      throw new IllegalStateException("A kernel is already running in this process.");
    }
    installed = bridge;
  }

  static KernelBridge get() {
    KernelBridge bridge = installed;
    if (bridge == null) {
      throw new IllegalStateException("No Java kernel is running in this process.");
    }
    return bridge;
  }
}
