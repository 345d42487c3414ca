package dev.embedlab.hub;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Repeats what may succeed later: time-outs, broken connections, server errors and rate limits. */
final class Retries {

  private static final int ATTEMPTS = 5;

  /** A server that asks for more patience than this gets an error instead. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final Duration pause;

  Retries(Duration pause) {
    this.pause = pause;
  }

  /** One attempt. */
  interface Attempt<T> {
    T run() throws IOException;
  }

  <T> T run(Attempt<T> attempt) throws IOException {
    for (int failures = 1; ; failures++) {
      try {
        return attempt.run();
      } catch (HubException e) {
        Duration wait = e.retryAfter().orElse(pause.multipliedBy(1L << (failures - 1)));
        if (!e.isPassing() || failures == attempts(e) || wait.compareTo(LONGEST_WAIT) > 0) {
          throw e;
        }
        sleep(wait);
      }
    }
  }

  /** Damage that comes twice is not the fault of the line. */
  private static int attempts(HubException e) {
    return e.reason() == HubException.Reason.DAMAGED ? 2 : ATTEMPTS;
  }

  private static void sleep(Duration wait) throws IOException {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("The download was interrupted.").initCause(e);
    }
  }
}
