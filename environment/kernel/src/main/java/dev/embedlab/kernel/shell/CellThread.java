package dev.embedlab.kernel.shell;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The thread on which the code of cells runs, the same one for every cell, so that thread locals
 * last. A thread that cannot be stopped is left behind and replaced.
 */
public final class CellThread {
  private static final long STACK_BYTES = 16L << 20;
  private static final long GRACE_MILLIS = 850;
  private static final ThreadLocal<CellThread> OWNER = new ThreadLocal<>();

  private final String name;
  private final ClassLoader contextLoader;
  private LinkedBlockingQueue<Task> queue;
  private int generation;

  public CellThread(String name, ClassLoader contextLoader) {
    this.name = name;
    this.contextLoader = contextLoader;
  }

  /** True when the calling thread runs a cell. */
  static boolean isCurrent() {
    return OWNER.get() != null;
  }

  /**
   * Runs a task on the thread and waits for it.
   *
   * @throws InterruptedCell when the user interrupted it
   */
  public <T> T call(Execution execution, Callable<T> task) throws Throwable {
    if (isCurrent()) {
      return task.call();
    }
    if (execution.interrupted()) {
      throw new InterruptedCell("The cell was interrupted before it ran.");
    }
    Task job = new Task(execution, task);
    queue().put(job);
    job.await();
    @SuppressWarnings("unchecked")
    T value = (T) job.result();
    return value;
  }

  private synchronized LinkedBlockingQueue<Task> queue() {
    if (queue == null) {
      LinkedBlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
      String threadName = generation++ == 0 ? name : name + "-" + generation;
      Thread thread = new Thread(null, () -> work(tasks), threadName, STACK_BYTES, true);
      thread.setDaemon(true);
      thread.setContextClassLoader(contextLoader);
      thread.start();
      queue = tasks;
    }
    return queue;
  }

  private synchronized void abandon() {
    queue = null;
  }

  private void work(LinkedBlockingQueue<Task> tasks) {
    OWNER.set(this);
    while (true) {
      try {
        Task task = tasks.take();
        task.run();
        if (task.abandoned) {
          return;
        }
      } catch (InterruptedException e) {
        // An interrupt that came after its cell was done.
      }
    }
  }

  /** One piece of work and its outcome. */
  final class Task {
    private final Execution execution;
    private final Callable<?> body;
    private final CountDownLatch done = new CountDownLatch(1);
    private final CountDownLatch interrupt = new CountDownLatch(1);
    private Thread runner;
    private Object value;
    private Throwable error;
    private volatile boolean abandoned;

    Task(Execution execution, Callable<?> body) {
      this.execution = execution;
      this.body = body;
    }

    private void run() {
      synchronized (this) {
        runner = Thread.currentThread();
      }
      execution.output().enter();
      execution.begin(this);
      try {
        value = body.call();
      } catch (Throwable t) {
        error = t;
      } finally {
        execution.end();
        synchronized (this) {
          runner = null;
        }
        Thread.interrupted();
        done.countDown();
      }
    }

    synchronized void interrupt() {
      if (runner != null) {
        runner.interrupt();
      }
      interrupt.countDown();
    }

    private void await() throws InterruptedException {
      while (!done.await(50, TimeUnit.MILLISECONDS)) {
        if (interrupt.getCount() == 0) {
          if (!done.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
            abandoned = true;
            abandon();
          }
          return;
        }
      }
    }

    private Object result() throws Throwable {
      if (abandoned) {
        throw new InterruptedCell(
            "The cell was interrupted, but its thread could not be stopped and may still run;"
                + " restart the kernel if it keeps the machine busy.");
      }
      if (error != null) {
        throw execution.interrupted() ? new InterruptedCell("The cell was interrupted.") : error;
      }
      return value;
    }
  }
}
