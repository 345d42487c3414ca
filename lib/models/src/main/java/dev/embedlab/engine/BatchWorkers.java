package dev.embedlab.engine;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs batches side by side, each on one thread, instead of one after the other, each on all
 * threads: nobody waits for the slowest part of every operation, and what lies between two layers
 * stays in the cache of its processor.
 */
public final class BatchWorkers {

  private BatchWorkers() {}

  /** Number of threads that libtorch uses here: the processors, unless the user said otherwise. */
  public static int count() {
    Engine.getEngine("PyTorch");
    return JniUtils.getNumThreads();
  }

  /**
   * Runs tasks and waits for them. After an error, or an interrupt of the caller, tasks that have
   * begun are waited for and the others left out.
   *
   * @throws CancellationException if the caller was interrupted
   */
  public static void run(List<Runnable> tasks) {
    int threads = Math.min(count(), tasks.size());
    if (threads <= 1) {
      tasks.forEach(Runnable::run);
      return;
    }
    int own = JniUtils.getNumThreads();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(threads, task -> new Thread(() -> alone(task), "encode"))) {
      try {
        List<Future<?>> running = new ArrayList<>();
        for (Runnable task : tasks) {
          running.add(workers.submit(task));
        }
        for (Future<?> future : running) {
          await(future);
          // The last number set is also what threads begin with that meet libtorch later.
          JniUtils.setNumThreads(own);
        }
      } finally {
        workers.shutdownNow();
      }
    }
  }

  /**
   * Runs a task as {@link #run} does, on one thread, which is this one. The number of threads is a
   * property of each thread.
   */
  public static void alone(Runnable task) {
    int before = JniUtils.getNumThreads();
    JniUtils.setNumThreads(1);
    try {
      task.run();
    } finally {
      JniUtils.setNumThreads(before);
    }
  }

  /** The result of work on another thread, with that thread's own exception if it failed. */
  public static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Encoding was interrupted.");
    }
  }
}
