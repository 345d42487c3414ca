package dev.embedlab.kernel.shell;

/**
 * Ends a thread that ignores interrupts, such as {@code while(true){}} in a cell or in a library,
 * by having the JVM throw in it. {@code Thread.stop} is gone from the JDK, but the JVM's tool
 * interface (JVMTI StopThread) is not, and it costs the running code nothing: no instrumentation.
 */
final class ThreadStopper {
  private static final ThreadStopper INSTANCE = new ThreadStopper();

  private final StopWorker worker = new StopWorker();

  private ThreadStopper() {
    worker.setDaemon(true);
    worker.start();
  }

  static ThreadStopper get() {
    return INSTANCE;
  }

  /**
   * Makes the thread throw {@link ThreadDeath}, unless it is in code that must not be cut off.
   *
   * @param anywhere false to spare class loading, locks and printing too, where an error would
   *     leave damage behind
   * @return false when nothing was done; try again a little later
   */
  synchronized boolean stop(Thread thread, boolean anywhere) {
    return worker.stop(thread, anywhere);
  }

  /** True when the code on top of the stack can be cut off without harm to the kernel. */
  static boolean stoppable(StackTraceElement[] stack, boolean anywhere) {
    for (StackTraceElement frame : stack) {
      String name = frame.getClassName();
      if (name.startsWith("dev.embedlab.kernel.")) {
        return false;
      }
      boolean jdk =
          name.startsWith("java.")
              || name.startsWith("jdk.")
              || name.startsWith("com.sun.")
              || name.startsWith("sun.")
              || name.startsWith("javax.");
      if (!jdk) {
        return anywhere || !frame.getMethodName().equals("<clinit>");
      }
      if (!anywhere && fragile(name)) {
        return false;
      }
    }
    return false;
  }

  private static boolean fragile(String className) {
    return className.startsWith("java.util.concurrent.locks.")
        || className.startsWith("java.lang.ClassLoader")
        || className.startsWith("jdk.internal.loader.")
        || className.startsWith("java.lang.invoke.")
        || className.startsWith("java.io.PrintStream");
  }
}
