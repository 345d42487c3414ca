package dev.embedlab.hub;

import dev.embedlab.hub.HubException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Reads the body of an answer and gives up when nothing has come for a while; the time-out of
 * Java's client ends with the headers.
 */
final class StallGuard implements AutoCloseable {

  private static final int CHUNK = 1 << 16;

  private final InputStream body;
  private final Duration limit;
  private final Thread watch;
  private final byte[] buffer = new byte[CHUNK];
  private volatile long lastSign = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream body, Duration limit) {
    this.body = body;
    this.limit = limit;
    this.watch = Thread.ofVirtual().start(this::watch);
  }

  private void watch() {
    try {
      for (long left = limit.toNanos(); left > 0; left = limit.toNanos() - silence()) {
        Thread.sleep(Duration.ofNanos(left));
      }
      stalled = true;
      body.close();
    } catch (InterruptedException _) {
      // The body has been read.
    } catch (IOException _) {
      // The reader sees it too.
    }
  }

  private long silence() {
    return System.nanoTime() - lastSign;
  }

  /** Takes bytes as they come. */
  interface Sink {
    void accept(byte[] bytes, int length) throws IOException;
  }

  /** Reads to the end. */
  void drain(Sink sink, Target target) throws IOException {
    while (true) {
      int length = next(target);
      if (length < 0) {
        return;
      }
      sink.accept(buffer, length);
    }
  }

  private int next(Target target) throws HubException {
    try {
      int length = body.read(buffer);
      lastSign = System.nanoTime();
      if (!stalled) {
        return length;
      }
    } catch (IOException e) {
      if (!stalled) {
        throw new HubException(
            Reason.UNREACHABLE,
            "The connection broke off in the middle of the %s; run again to go on from there."
                .formatted(target),
            e);
      }
    }
    throw new HubException(
        Reason.UNREACHABLE,
        "The server sent nothing for %d seconds in the middle of the %s; run again to go on from there."
            .formatted(limit.toSeconds(), target));
  }

  /** Reads to the end, but no more than {@code most} bytes. */
  byte[] read(int most, Target target) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    drain(
        (chunk, length) -> {
          if (bytes.size() + length > most) {
            throw new HubException(
                Reason.DAMAGED, "The hub's answer about the %s is too long.".formatted(target));
          }
          bytes.write(chunk, 0, length);
        },
        target);
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
