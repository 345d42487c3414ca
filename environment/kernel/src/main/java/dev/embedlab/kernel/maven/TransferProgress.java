package dev.embedlab.kernel.maven;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;
import org.eclipse.aether.transfer.TransferResource;

/** Sums up the downloads of one resolution, which run several at a time. */
final class TransferProgress extends AbstractTransferListener {
  private static final long REDRAW_NANOS = Duration.ofMillis(150).toNanos();

  private final Report report;
  private final Map<TransferResource, Long> running = new HashMap<>();
  private final List<String> jars = new ArrayList<>();
  private int others;
  private long finishedBytes;
  private long drawn;
  private boolean shown;

  TransferProgress(Report report) {
    this.report = report;
  }

  @Override
  public synchronized void transferProgressed(TransferEvent event) {
    if (isJar(event)) {
      running.put(event.getResource(), event.getTransferredBytes());
    }
    redraw();
  }

  @Override
  public synchronized void transferSucceeded(TransferEvent event) {
    running.remove(event.getResource());
    if (isJar(event)) {
      long bytes = event.getTransferredBytes();
      finishedBytes += bytes;
      String name = event.getResource().getResourceName();
      jars.add(
          String.format(
              Locale.ROOT, "%s (%s)", name.substring(name.lastIndexOf('/') + 1), size(bytes)));
    } else if (event.getRequestType() == TransferEvent.RequestType.GET) {
      others++;
    }
    redraw();
  }

  @Override
  public synchronized void transferFailed(TransferEvent event) {
    running.remove(event.getResource());
  }

  @Override
  public synchronized void transferCorrupted(TransferEvent event) {
    running.remove(event.getResource());
  }

  /** Called when the resolution is over, whether it worked or not. */
  synchronized void finish() {
    if (!jars.isEmpty()) {
      report.done("Downloaded " + String.join(", ", jars));
    } else if (shown) {
      report.done("Read " + others + " POMs");
    }
    shown = false;
  }

  private void redraw() {
    long now = System.nanoTime();
    if (now - drawn < REDRAW_NANOS) {
      return;
    }
    drawn = now;
    shown = true;
    if (running.isEmpty() && jars.isEmpty()) {
      report.progress("Reading POMs: " + others, -1);
      return;
    }
    long done = finishedBytes;
    long known = finishedBytes;
    for (Map.Entry<TransferResource, Long> each : running.entrySet()) {
      done += each.getValue();
      known += Math.max(each.getValue(), each.getKey().getContentLength());
    }
    int files = jars.size() + running.size();
    report.progress(
        "Downloading %d %s, %s of %s"
            .formatted(files, files == 1 ? "jar" : "jars", size(done), size(known)),
        known == 0 ? -1 : (double) done / known);
  }

  private static boolean isJar(TransferEvent event) {
    return event.getRequestType() == TransferEvent.RequestType.GET
        && event.getResource().getResourceName().endsWith(".jar");
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%,d kB", (bytes + 999) / 1000)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
