package dev.embedlab.kernel.session;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Ends the kernel when the server that started it is gone, so that no orphan stays behind. */
public final class ParentWatch {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private ParentWatch() {}

  /**
   * Watches when the environment names a parent ({@code JPY_PARENT_PID}), as Jupyter's does.
   *
   * @param end called once, on the watching thread
   */
  public static void start(Map<String, String> environment, Runnable end) {
    String named = environment.getOrDefault("JPY_PARENT_PID", "");
    if (named.isBlank()) {
      return;
    }
    OptionalLong parent = parent();
    // A number that means nothing here comes from outside of this container.
    Optional<ProcessHandle> server =
        named.strip().matches("\\d{1,18}")
            ? ProcessHandle.of(Long.parseLong(named.strip()))
            : Optional.empty();
    Thread.ofPlatform()
        .name("kernel-parent")
        .daemon()
        .start(
            () -> {
              while (parent().equals(parent) && server.map(ProcessHandle::isAlive).orElse(true)) {
                try {
                  Thread.sleep(INTERVAL);
                } catch (InterruptedException e) {
                  return;
                }
              }
              end.run();
            });
  }

  private static OptionalLong parent() {
    return ProcessHandle.current()
        .parent()
        .map(handle -> OptionalLong.of(handle.pid()))
        .orElse(OptionalLong.empty());
  }
}
