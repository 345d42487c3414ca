package dev.embedlab.kernel.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** Paths and wildcards as class paths have them: {@code dir/*} means the jars of a folder. */
public final class PathPatterns {
  private PathPatterns() {}

  /** The files a pattern names, sorted; a path without wildcards is returned when it exists. */
  public static List<Path> expand(String pattern) {
    int wildcard = firstWildcard(pattern);
    if (wildcard < 0) {
      Path path = Path.of(pattern);
      return Files.exists(path) ? List.of(path) : List.of();
    }
    int slash = pattern.lastIndexOf('/', wildcard);
    Path base = Path.of(slash < 0 ? "" : pattern.substring(0, Math.max(slash, 1)));
    String glob = pattern.substring(slash + 1);
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    int depth = glob.contains("**") ? 50 : (int) glob.chars().filter(c -> c == '/').count() + 1;
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(base, depth)) {
      return files
          .filter(file -> !file.equals(base) && matcher.matches(base.relativize(file)))
          .filter(file -> file.toString().endsWith(".jar") || !glob.endsWith("*"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + base + " cannot be read.", e);
    }
  }

  private static int firstWildcard(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if ("*?[{".indexOf(pattern.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
