package dev.embedlab.kernel.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a session starts.
 *
 * @param startup code run before the first cell
 * @param timeout how long one statement may run; zero for no limit
 */
public record SessionOptions(
    List<Path> classPath, List<String> compilerOptions, List<String> startup, Duration timeout) {

  /** A session as it starts without options. */
  public static final SessionOptions NONE =
      new SessionOptions(List.of(), List.of(), List.of(), Duration.ZERO);
}
