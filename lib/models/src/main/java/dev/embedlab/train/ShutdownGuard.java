package dev.embedlab.train;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets training end in order when the process is told to end (SIGTERM, Ctrl-C, {@code
 * System.exit}): the step that runs is finished, its state is saved, and no other step begins. A
 * process that ends in the middle of a backward pass would crash within libtorch, whose threads run
 * on while its static objects are taken apart.
 *
 * <pre>{@code
 * try (var guard = new ShutdownGuard(this::save)) {
 *   while (...) {
 *     guard.protect(this::step);
 *     listener.step(...);          // here the process may end
 *   }
 * }
 * }</pre>
 *
 * <p>The end of the process waits for at most {@link #PATIENCE_SECONDS} seconds. A thread that
 * comes to {@link #protect} or {@link #close} after that waits there until the process is gone.
 */
public final class ShutdownGuard implements AutoCloseable {

  /** Longest that the end of the process is put off for a step, in seconds. */
  public static final int PATIENCE_SECONDS = 30;

  /** Fair, or a thread that goes from step to step would never let the hook in. */
  private final ReentrantLock steps = new ReentrantLock(true);

  private final Runnable save;
  private final Thread hook = new Thread(this::endInOrder, "end-of-training");

  /**
   * @param save writes the state that the last step left, if it is whole; called at most once, by
   *     another thread, while no step runs
   */
  public ShutdownGuard(Runnable save) {
    this.save = requireNonNull(save, "save");
    beforeTheEnd(() -> Runtime.getRuntime().addShutdownHook(hook));
  }

  /** Runs a piece of work that the end of the process must not cut in two. */
  public void protect(Runnable work) {
    protectResult(
        () -> {
          work.run();
          return Optional.empty();
        });
  }

  /** As {@link #protect}, for work that has a result. */
  public <T> T protectResult(Supplier<T> work) {
    steps.lock();
    try {
      return work.get();
    } finally {
      steps.unlock();
    }
  }

  private void endInOrder() {
    try {
      // Never unlocked: what comes next must not begin.
      if (steps.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        save.run();
      } else {
        System.err.printf(
            "A training step took more than %d seconds and was cut off; the last checkpoint is older.%n",
            PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes the guard away; to be called before native memory of the run is freed. */
  @Override
  public void close() {
    steps.lock();
    try {
      beforeTheEnd(() -> Runtime.getRuntime().removeShutdownHook(hook));
    } finally {
      steps.unlock();
    }
  }

  private void beforeTheEnd(Runnable change) {
    try {
      change.run();
    } catch (IllegalStateException e) {
      // Hooks are being started. The thread must do no more, but let the hook have the lock.
      while (steps.isHeldByCurrentThread()) {
        steps.unlock();
      }
      while (true) {
        LockSupport.park();
      }
    }
  }
}
