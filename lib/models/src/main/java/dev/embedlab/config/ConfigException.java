package dev.embedlab.config;

import java.nio.file.Path;

/** A configuration file is missing, unreadable or contradicts itself. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param file where the problem is
   * @param problem a sentence that begins in lower case and says what to do
   */
  public ConfigException(Path file, String problem) {
    super("%s: %s".formatted(file, problem));
  }

  ConfigException(Path file, String problem, Throwable cause) {
    super("%s: %s".formatted(file, problem), cause);
  }
}
