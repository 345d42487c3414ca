package dev.embedlab.kernel.shell;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jdk.jshell.SourceCodeAnalysis;

/** Tells jshell where the sources of libraries are, so that inspection shows their Javadoc. */
final class Sources {
  private Sources() {}

  /**
   * Takes the JDK's sources and every {@code NAME-sources.jar} beside a {@code NAME.jar} of the
   * class path. jshell has no API for this; where its field is not open, only the JDK's Javadoc is
   * shown.
   */
  static void use(SourceCodeAnalysis analysis, List<Path> classPath) {
    Path home = Path.of(System.getProperty("java.home"));
    List<Path> sources =
        new ArrayList<>(
            Stream.of(home.resolve("lib/src.zip"), home.resolve("src.zip"))
                .filter(Files::isRegularFile)
                .limit(1)
                .toList());
    for (Path jar : classPath) {
      String name = String.valueOf(jar.getFileName());
      Path beside = jar.resolveSibling(name.replaceFirst("\\.jar$", "-sources.jar"));
      if (!beside.equals(jar) && Files.isRegularFile(beside)) {
        sources.add(beside);
      }
    }
    try {
      Field field = analysis.getClass().getDeclaredField("availableSources");
      field.setAccessible(true);
      field.set(analysis, List.copyOf(sources));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // This jshell keeps its sources elsewhere.
    }
  }
}
