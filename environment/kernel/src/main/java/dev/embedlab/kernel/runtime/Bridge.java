package dev.embedlab.kernel.runtime;

/** Where the kernel registers itself for the code in cells. */
public final class Bridge {
  private static volatile Bridge installed;

  private final KernelBridge kernel;
  private final CommBridge comms;

  private Bridge(KernelBridge kernel, CommBridge comms) {
    this.kernel = kernel;
    this.comms = comms;
  }

  /**
   * Called once by the kernel.
   *
   * @throws IllegalStateException when a kernel is registered already
   */
  public static synchronized void install(KernelBridge kernel, CommBridge comms) {
    if (installed != null) {
      throw new IllegalStateException("A kernel is already running in this process.");
    }
    installed = new Bridge(kernel, comms);
  }

  static KernelBridge get() {
    return current().kernel;
  }

  static CommBridge comms() {
    return current().comms;
  }

  private static Bridge current() {
    Bridge bridge = installed;
    if (bridge == null) {
      throw new IllegalStateException("No Java kernel is running in this process.");
    }
    return bridge;
  }
}
