package dev.embedlab.display;

import dev.embedlab.progress.Progress;
import java.time.Duration;
import java.util.Locale;

/**
 * Progress as a bar under the running cell, changed in place a few times a second, that ends as one
 * summary line. Outside a notebook only the summary is printed.
 */
public final class NotebookProgress implements Progress {

  private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();

  @Override
  public Progress.Task start(String label, long total) {
    return new Bar(label, total);
  }

  private static final class Bar implements Progress.Task {
    private final String label;
    private final long total;
    private final long started = System.nanoTime();
    private long done;
    private long drawn;
    private String remark = "";
    private String id = "";

    Bar(String label, long total) {
      this.label = label;
      this.total = total;
    }

    @Override
    public synchronized void advance(long units) {
      done += units;
      redraw();
    }

    @Override
    public synchronized void note(String text) {
      remark = text;
      redraw();
    }

    private void redraw() {
      long now = System.nanoTime();
      if (now - drawn >= REDRAW_NANOS && Notebook.isPresent()) {
        drawn = now;
        put(new Html(html(), line()));
      }
    }

    private void put(Html html) {
      if (id.isEmpty()) {
        id = Notebook.show(html);
      } else {
        Notebook.update(id, html);
      }
    }

    @Override
    public synchronized void close() {
      String summary =
          "%s: %s in %s%s%s".formatted(label, count(done), time(seconds()), rate(), tail());
      put(new Html("<span>" + Html.escape(summary) + "</span>", summary));
    }

    private String html() {
      double share = total > 0 ? Math.min(1, (double) done / total) : 0;
      return """
          <div style="display:flex;align-items:center;gap:8px">\
          <span>%s</span><progress max="1" %s style="width:220px"></progress><span>%s</span></div>"""
          .formatted(
              Html.escape(label),
              total > 0 ? "value=\"%.3f\"".formatted(share) : "",
              Html.escape(details()));
    }

    private String line() {
      return label + ": " + details();
    }

    private String details() {
      String of = total > 0 ? count(done) + " of " + count(total) : count(done);
      String left =
          total > 0 && done > 0 ? ", " + time(seconds() * (total - done) / done) + " left" : "";
      return of + rate() + left + tail();
    }

    private String tail() {
      return remark.isEmpty() ? "" : ", " + remark;
    }

    private String rate() {
      double rate = done / Math.max(1e-3, seconds());
      return String.format(Locale.ROOT, rate >= 10 ? ", %,.0f/s" : ", %.2f/s", rate);
    }

    private double seconds() {
      return (System.nanoTime() - started) / 1e9;
    }

    private static String count(long n) {
      return String.format(Locale.ROOT, "%,d", n);
    }

    private static String time(double seconds) {
      return seconds < 60
          ? String.format(Locale.ROOT, "%.1f s", seconds)
          : String.format(Locale.ROOT, "%d:%02d min", (long) seconds / 60, (long) seconds % 60);
    }
  }
}
