package dev.embedlab.kernel.session;

import dev.embedlab.kernel.magic.Magic;
import dev.embedlab.kernel.magic.MagicException;
import dev.embedlab.kernel.magic.MagicRegistry;
import dev.embedlab.kernel.maven.MavenResolver;
import dev.embedlab.kernel.shell.JavaShell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The built-in magics. */
final class SessionMagics {
  private final JavaShell shell;
  private final CellRunner cells;
  private MavenResolver maven;

  private SessionMagics(JavaShell shell, CellRunner cells) {
    this.shell = shell;
    this.cells = cells;
  }

  static void register(MagicRegistry magics, JavaShell shell, CellRunner cells) {
    SessionMagics own = new SessionMagics(shell, cells);
    magics.add(
        new Magic(
            "maven",
            Magic.Kind.LINE,
            "%maven group:artifact:version ...",
            "Adds artifacts and what they need from Maven repositories to the class path.",
            own::maven));
    magics.alias("addMavenDependency", "maven");
    magics.add(
        new Magic(
            "mavenRepo",
            Magic.Kind.LINE,
            "%mavenRepo id url",
            "Adds a Maven repository for this session.",
            own::mavenRepo));
    magics.add(
        new Magic(
            "loadFromPOM",
            Magic.Kind.BOTH,
            "%loadFromPOM file [scope ...]",
            "Adds the dependencies of a POM to the class path (compile and runtime unless scopes are"
                + " named); %%loadFromPOM [scope ...] takes a POM, or parts of one, from the cell.",
            own::loadFromPom));
    magics.add(
        new Magic(
            "reset",
            Magic.Kind.LINE,
            "%reset",
            "Forgets variables, methods, classes and imports; the class path stays.",
            own::reset));
    magics.add(
        new Magic(
            "jars",
            Magic.Kind.LINE,
            "%jars file-or-pattern ...",
            "Adds jar files to the class path; * and ** match names.",
            own::classPath));
    magics.add(
        new Magic(
            "classpath",
            Magic.Kind.LINE,
            "%classpath [path ...]",
            "Adds folders and jars to the class path; without a path it lists the class path.",
            own::classPath));
    magics.add(
        new Magic(
            "time",
            Magic.Kind.BOTH,
            "%%time or %time statement",
            "Runs code once and prints how long it took.",
            own::time));
    MoreMagics.register(magics, shell, cells);
    magics.add(
        new Magic(
            "lsmagic",
            Magic.Kind.LINE,
            "%lsmagic",
            "Lists the magics.",
            (arguments, text, cell) -> {
              System.out.println(
                  magics.all().stream().map(Magic::usage).collect(Collectors.joining("\n")));
              return null;
            }));
  }

  private synchronized MavenResolver resolver() {
    if (maven == null) {
      maven = new MavenResolver(new DownloadBar());
    }
    return maven;
  }

  private Object maven(List<String> arguments, Magic.Source text, boolean cell) throws Exception {
    if (arguments.isEmpty()) {
      throw new MagicException("Write %maven group:artifact:version");
    }
    shell.addToClassPath(resolver().resolve(arguments));
    return null;
  }

  private Object loadFromPom(List<String> arguments, Magic.Source text, boolean cell)
      throws Exception {
    List<String> named =
        cell ? arguments : arguments.subList(Math.min(1, arguments.size()), arguments.size());
    Set<String> scopes = named.isEmpty() ? Set.of("compile", "runtime") : Set.copyOf(named);
    if (cell) {
      shell.addToClassPath(resolver().resolvePom(text.text(), scopes));
      return null;
    }
    if (arguments.isEmpty() || !Files.isRegularFile(Path.of(arguments.getFirst()))) {
      throw new MagicException(
          "Write %loadFromPOM file [scope ...]; '" + text.text() + "' is not a file here.");
    }
    shell.addToClassPath(resolver().resolvePom(Path.of(arguments.getFirst()), scopes));
    return null;
  }

  private Object reset(List<String> arguments, Magic.Source text, boolean cell) {
    shell.reset();
    return null;
  }

  private Object mavenRepo(List<String> arguments, Magic.Source text, boolean cell) {
    if (arguments.size() != 2) {
      throw new MagicException("Write %mavenRepo id url");
    }
    resolver().addRepository(arguments.get(0), arguments.get(1));
    return null;
  }

  private Object classPath(List<String> arguments, Magic.Source text, boolean cell) {
    if (arguments.isEmpty()) {
      shell.classPath().forEach(System.out::println);
      return null;
    }
    for (String pattern : arguments) {
      List<Path> found = PathPatterns.expand(pattern);
      if (found.isEmpty()) {
        throw new MagicException(
            "No file matches " + pattern + " in " + Path.of("").toAbsolutePath());
      }
      shell.addToClassPath(found);
    }
    return null;
  }

  private Object time(List<String> arguments, Magic.Source text, boolean cell) throws Exception {
    long start = System.nanoTime();
    Object value = cells.runPart(text).orElse(null);
    double millis = (System.nanoTime() - start) / 1e6;
    System.out.printf(
        Locale.ROOT,
        millis < 1000 ? "Time: %.1f ms%n" : "Time: %.2f s%n",
        millis < 1000 ? millis : millis / 1000);
    return value;
  }
}
