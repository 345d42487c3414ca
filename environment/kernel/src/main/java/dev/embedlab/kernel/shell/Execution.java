package dev.embedlab.kernel.shell;

import dev.embedlab.kernel.output.CellOutput;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One run of a cell: its output and whether the user asked to stop it. */
public final class Execution {
  private static final InheritableThreadLocal<Execution> CURRENT = new InheritableThreadLocal<>();

  private final CellOutput output;
  private final CellThread thread;
  private boolean interrupted;
  private String reason = "";
  private CellThread.Task running;

  public Execution(CellOutput output, CellThread thread) {
    this.output = output;
    this.thread = thread;
  }

  /** The run that this thread, or the thread that started it, belongs to. */
  public static Optional<Execution> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Makes the calling thread and those it starts part of this run. */
  void enter() {
    CURRENT.set(this);
    output.enter();
  }

  public CellOutput output() {
    return output;
  }

  /** Runs a task on the cell's thread. */
  public <T> T call(Callable<T> task) throws Throwable {
    return thread.call(this, task);
  }

  /** Asks the cell to stop; takes effect at once, or at the next step when it is compiling. */
  public void interrupt() {
    interrupt("The cell was interrupted.");
  }

  /** Asks the cell to stop for a reason that the user is told. */
  synchronized void interrupt(String why) {
    reason = interrupted ? reason : why;
    interrupted = true;
    if (running != null) {
      running.interrupt();
    }
  }

  public synchronized boolean interrupted() {
    return interrupted;
  }

  /** Why it was interrupted. */
  synchronized String reason() {
    return reason;
  }

  synchronized void begin(CellThread.Task task) {
    running = task;
    if (interrupted) {
      task.interrupt();
    }
  }

  synchronized void end() {
    running = null;
  }
}
