package dev.embedlab.kernel.shell;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Makes the threads of the common pool, which run parallel streams and asynchronous tasks. By
 * default their context loader is the JVM's: libraries that look for services or resources through
 * it would find the kernel's instead of the user's.
 */
public final class CommonPoolThreads implements ForkJoinPool.ForkJoinWorkerThreadFactory {
  private static final String PROPERTY = "java.util.concurrent.ForkJoinPool.common.threadFactory";

  private static volatile ClassLoader loader = ClassLoader.getPlatformClassLoader();

  /** Called by the JDK, by name. */
  public CommonPoolThreads() {}

  /** Takes effect when called before anything uses the common pool. */
  public static void install() {
    System.setProperty(PROPERTY, CommonPoolThreads.class.getName());
  }

  /** The loader of user code, for threads started from now on. */
  static void use(ClassLoader userCode) {
    loader = userCode;
  }

  @Override
  public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
    return new Worker(pool);
  }

  private static final class Worker extends ForkJoinWorkerThread {
    Worker(ForkJoinPool pool) {
      // Thread locals are not inherited: a pool thread serves many cells.
      super(null, pool, false);
      setContextClassLoader(loader);
    }
  }
}
