package dev.embedlab.kernel.runtime;

/**
 * Stands in for {@code System.exit} in cells: the session is worth more than the call, so it ends
 * the cell and says so.
 */
public final class Exit extends Error {
  private static final long serialVersionUID = 1L;

  private Exit(int status) {
    super(
        "System.exit("
            + status
            + ") ended this cell; the kernel and its variables stay. To end the kernel, shut it down"
            + " from the Kernel menu.");
  }

  /** Replaces {@link System#exit}. */
  public static void exit(int status) {
    throw new Exit(status);
  }

  /** Replaces {@link Runtime#exit} and {@link Runtime#halt}. */
  public static void exit(Runtime runtime, int status) {
    throw new Exit(status);
  }
}
