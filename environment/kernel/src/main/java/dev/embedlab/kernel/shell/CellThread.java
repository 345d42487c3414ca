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

  /** How long a cell has to end by itself after an interrupt. */
  private static final long POLITE_MILLIS = 150;

  private static final long RETRY_MILLIS = 40;
  private static final long GRACE_MILLIS = 800;

  /** Inherited: code on threads that a cell starts runs there, the cell's own may wait for them. */
  private static final InheritableThreadLocal<CellThread> OWNER = new InheritableThreadLocal<>();

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
      execution.enter();
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
      while (!done.await(20, TimeUnit.MILLISECONDS)) {
        if (interrupt.getCount() == 0) {
          if (!stop()) {
            abandoned = true;
            abandon();
          }
          return;
        }
      }
    }

    /** Waits for an interrupted cell to end, and makes it end when it does not by itself. */
    private boolean stop() throws InterruptedException {
      long start = System.nanoTime();
      long waited = 0;
      while (waited < GRACE_MILLIS) {
        if (done.await(
            waited < POLITE_MILLIS ? POLITE_MILLIS : RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
        waited = (System.nanoTime() - start) / 1_000_000;
        Thread stuck = runner();
        if (stuck != null) {
          ThreadStopper.get().stop(stuck, waited > GRACE_MILLIS / 2);
          BlockedCall.wake(stuck);
        }
      }
      return done.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private String where() {
      Thread stuck = runner();
      StackTraceElement[] stack = stuck == null ? new StackTraceElement[0] : stuck.getStackTrace();
      return stack.length == 0
          ? ""
          : " (" + stack[0].getClassName() + "." + stack[0].getMethodName() + ")";
    }

    private synchronized Thread runner() {
      return runner;
    }

    private Object result() throws Throwable {
      if (abandoned) {
        throw new InterruptedCell(
            execution.reason()
                + " But its thread is in a call that cannot be stopped"
                + where()
                + ". Variables are kept and the next cell runs on a new thread; restart the kernel"
                + " if the old one keeps the machine busy.");
      }
      if (error != null) {
        throw execution.interrupted() ? new InterruptedCell(execution.reason()) : error;
      }
      return value;
    }
  }
}
