package dev.embedlab.kernel.channel;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** The kernel's own log: one line each on the standard error the process was started with. */
public final class Log {
  private static final PrintStream OUT =
      new PrintStream(
          new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);

  private Log() {}

  public static void warn(String text) {
    OUT.println("[java kernel " + LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + "] " + text);
  }
}
