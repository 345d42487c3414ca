package dev.embedlab.engine;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

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
    AtomicInteger begun = new AtomicInteger();
    List<Future<Void>> shares = new ArrayList<>();
    try {
      for (int i = 0; i < threads; i++) {
        shares.add(WorkerThreads.start(() -> share(tasks, begun)));
      }
      shares.forEach(BatchWorkers::await);
    } finally {
      begun.set(tasks.size());
      shares.forEach(BatchWorkers::finish);
      // The last number set is also what threads begin with that meet libtorch later.
      JniUtils.setNumThreads(own);
    }
  }

  /** Runs tasks that no other thread has begun; after an error nobody begins another one. */
  private static Void share(List<Runnable> tasks, AtomicInteger begun) {
    try {
      alone(
          () -> {
            for (int i = begun.getAndIncrement(); i < tasks.size(); i = begun.getAndIncrement()) {
              tasks.get(i).run();
            }
          });
    } catch (RuntimeException | Error e) {
      begun.set(tasks.size());
      throw e;
    }
    return null;
  }

  /** Waits for the end of work, whatever it is, and however often this thread is interrupted. */
  public static void finish(Future<?> work) {
    boolean interrupted = false;
    while (work.state() == Future.State.RUNNING) {
      try {
        work.get();
      } catch (ExecutionException e) {
        // Told by await.
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
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
