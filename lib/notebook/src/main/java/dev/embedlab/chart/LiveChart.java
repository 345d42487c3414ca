package dev.embedlab.chart;

import dev.embedlab.display.Notebook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A line that grows under the running cell, for example the loss of a training run:
 *
 * <pre>{@code
 * try (var live = LiveChart.of("The loss falls", "step", "loss")) {
 *   trainer.onStep(live::add).build().train(encoder, pairs);
 * }
 * }</pre>
 *
 * <p>Outside a notebook nothing is drawn before the end. Safe for several threads.
 */
public final class LiveChart implements AutoCloseable {

  private static final long REDRAW_NANOS = Duration.ofMillis(700).toNanos();

  /** More points than a screen has columns are thinned out for drawing. */
  private static final int MOST_POINTS = 400;

  private final XyChart empty;
  private final String name;
  private final List<double[]> points = new ArrayList<>();
  private long drawn = System.nanoTime();
  private String id = "";

  private LiveChart(XyChart empty, String name) {
    this.empty = empty;
    this.name = name;
  }

  /**
   * @param xAxis what x is, with its unit
   * @param yAxis what y is, with its unit
   */
  public static LiveChart of(String title, String xAxis, String yAxis) {
    return new LiveChart(Chart.lines(title, xAxis, yAxis), yAxis);
  }

  /** Adds a point to the right end of the line. */
  public synchronized void add(double x, double y) {
    points.add(new double[] {x, y});
    long now = System.nanoTime();
    if (now - drawn >= REDRAW_NANOS && Notebook.isPresent()) {
      drawn = now;
      draw();
    }
  }

  /** The line as it is now. */
  public synchronized XyChart chart() {
    int every = Math.max(1, (points.size() + MOST_POINTS - 1) / MOST_POINTS);
    int last = points.size() - 1;
    List<double[]> shown = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      if (i % every == 0 || i == last) {
        shown.add(points.get(i));
      }
    }
    return empty.line(
        name,
        shown.stream().mapToDouble(point -> point[0]).toArray(),
        shown.stream().mapToDouble(point -> point[1]).toArray());
  }

  private void draw() {
    if (id.isEmpty()) {
      id = Notebook.show(chart());
    } else {
      Notebook.update(id, chart());
    }
  }

  /** Draws the whole line. */
  @Override
  public synchronized void close() {
    draw();
  }
}
