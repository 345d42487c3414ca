package dev.embedlab.cli;

import dev.embedlab.progress.Progress;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One line on a terminal that is written over as work goes on. Where the output is no terminal,
 * nothing is shown: logs need no bars.
 */
final class ConsoleProgress implements Progress {

  private static final long EVERY_NANOS = 200_000_000;

  private final PrintWriter out;
  private final boolean terminal;

  ConsoleProgress(PrintWriter out) {
    this(out, System.console() != null && System.console().isTerminal());
  }

  ConsoleProgress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public Task start(String label, long total) {
    return terminal ? new Line(label, total) : Progress.none().start(label, total);
  }

  private final class Line implements Task {

    private final String label;
    private final long total;
    private final long start = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong shown = new AtomicLong();

    Line(String label, long total) {
      this.label = label;
      this.total = total;
    }

    @Override
    public void advance(long units) {
      long now = System.nanoTime();
      long last = shown.get();
      done.addAndGet(units);
      if (now - last > EVERY_NANOS && shown.compareAndSet(last, now)) {
        show(now);
      }
    }

    private void show(long now) {
      double seconds = (now - start) / 1e9;
      double rate = done.get() / Math.max(seconds, 1e-3);
      String left =
          total > 0 ? ", %.0f s left".formatted((total - done.get()) / Math.max(rate, 1e-3)) : "";
      String of = total > 0 ? " of %,d".formatted(total) : "";
      out.printf("\r%s: %,d%s, %,.0f/s%s   ", label, done.get(), of, rate, left);
      out.flush();
    }

    @Override
    public void note(String remark) {
      // The summary at the end says it.
    }

    @Override
    public void close() {
      out.print("\r" + " ".repeat(78) + "\r");
      out.flush();
    }
  }
}
