package dev.embedlab.kernel;

import dev.embedlab.kernel.magic.MagicLine;
import dev.embedlab.kernel.session.PathPatterns;
import dev.embedlab.kernel.session.SessionOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Reads IJava's environment variables. */
final class Environment {
  private Environment() {}

  /**
   * @param classPath entries named on the command line, before those of the environment
   */
  static SessionOptions options(Map<String, String> environment, String classPath)
      throws IOException {
    List<Path> entries = new ArrayList<>(paths(classPath));
    entries.addAll(paths(environment.getOrDefault("IJAVA_CLASSPATH", "")));
    List<String> compiler =
        MagicLine.parse("options " + environment.getOrDefault("IJAVA_COMPILER_OPTS", ""))
            .arguments();
    List<String> startup = new ArrayList<>();
    for (Path script : paths(environment.getOrDefault("IJAVA_STARTUP_SCRIPTS_PATH", ""))) {
      startup.add(Files.readString(script));
    }
    String script = environment.getOrDefault("IJAVA_STARTUP_SCRIPT", "");
    if (!script.isBlank()) {
      startup.add(script);
    }
    return new SessionOptions(
        entries, compiler, startup, timeout(environment.getOrDefault("IJAVA_TIMEOUT", "")));
  }

  /** A number and a unit of {@link TimeUnit}, milliseconds without one; below 1 means no limit. */
  static Duration timeout(String text) throws IOException {
    if (text.isBlank()) {
      return Duration.ZERO;
    }
    String[] words = text.strip().split("\\s+");
    try {
      TimeUnit unit =
          words.length == 1
              ? TimeUnit.MILLISECONDS
              : TimeUnit.valueOf(words[1].toUpperCase(Locale.ROOT));
      long amount = Long.parseLong(words[0]);
      return amount < 1 ? Duration.ZERO : Duration.of(amount, unit.toChronoUnit());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException(
          "Environment variable IJAVA_TIMEOUT: '"
              + text
              + "' is not a number of milliseconds, or a number and a unit such as '30 SECONDS'.",
          e);
    }
  }

  private static List<Path> paths(String list) {
    List<Path> paths = new ArrayList<>();
    for (String entry : list.split(Pattern.quote(File.pathSeparator))) {
      if (!entry.isBlank()) {
        paths.addAll(PathPatterns.expand(entry.strip()));
      }
    }
    return paths;
  }
}
