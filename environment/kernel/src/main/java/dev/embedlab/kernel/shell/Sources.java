package dev.embedlab.kernel.shell;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;

/** Tells jshell where the sources of libraries are, so that inspection shows their Javadoc. */
final class Sources {
  private List<?> ofJdk;
  private List<Path> known = List.of();

  /**
   * Adds every {@code NAME-sources.jar} beside a {@code NAME.jar} of the class path to the sources
   * of the JDK. jshell has no API for this; where it is not open, only the JDK's Javadoc is shown.
   */
  void use(SourceCodeAnalysis analysis, List<Path> classPath) {
    if (known.equals(classPath)) {
      return;
    }
    known = classPath;
    try {
      if (ofJdk == null) {
        Method find = analysis.getClass().getDeclaredMethod("findSources");
        find.setAccessible(true);
        ofJdk = (List<?>) find.invoke(analysis);
      }
      List<Object> all = new ArrayList<>(ofJdk);
      classPath.forEach(jar -> add(jar, all));
      Field field = analysis.getClass().getDeclaredField("availableSources");
      field.setAccessible(true);
      field.set(analysis, List.copyOf(all));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // This jshell keeps its sources elsewhere.
    }
  }

  private static void add(Path jar, List<Object> sources) {
    String name = String.valueOf(jar.getFileName());
    Path beside = jar.resolveSibling(name.replaceFirst("\\.jar$", "-sources.jar"));
    if (!beside.equals(jar) && Files.isRegularFile(beside)) {
      sources.add(beside);
    }
  }
}
