package dev.embedlab.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for batches and tokenizing, as many as ever work at the same time, kept as long as the
 * process. glibc gives new threads heaps in turn, of which there are eight for a processor, and
 * each keeps what a batch has freed: with new threads for every call, memory would grow with each
 * of some sixteen calls.
 */
public final class WorkerThreads {

  private static final ExecutorService KEPT =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          TimeUnit.NANOSECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "encode");
            thread.setDaemon(true);
            return thread;
          });

  private WorkerThreads() {}

  /** Starts work at once, on the thread that became idle last. */
  public static <T> Future<T> start(Callable<T> work) {
    return KEPT.submit(work);
  }
}
