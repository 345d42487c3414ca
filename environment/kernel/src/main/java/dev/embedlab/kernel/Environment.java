package dev.embedlab.kernel;

import dev.embedlab.kernel.magic.MagicLine;
import dev.embedlab.kernel.session.PathPatterns;
import dev.embedlab.kernel.session.SessionOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    return new SessionOptions(entries, compiler, startup);
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
