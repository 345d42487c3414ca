package dev.embedlab.kernel.session;

import dev.embedlab.kernel.magic.Magic;
import dev.embedlab.kernel.magic.MagicException;
import dev.embedlab.kernel.magic.MagicRegistry;
import dev.embedlab.kernel.runtime.MimeBundle;
import dev.embedlab.kernel.shell.JavaShell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Magics beyond IJava's: timing, listing, text formats, files, processes. */
final class MoreMagics {
  private static final double TIMEIT_SECONDS = 2;
  private static final int TIMEIT_MAX_RUNS = 1000;

  private final MagicRegistry magics;
  private final JavaShell shell;
  private final CellRunner cells;

  private MoreMagics(MagicRegistry magics, JavaShell shell, CellRunner cells) {
    this.magics = magics;
    this.shell = shell;
    this.cells = cells;
  }

  static void register(MagicRegistry magics, JavaShell shell, CellRunner cells) {
    MoreMagics own = new MoreMagics(magics, shell, cells);
    own.add(
        "timeit",
        Magic.Kind.BOTH,
        "%timeit statement",
        "Runs a statement for about two seconds after a warm-up and prints median and quartiles; the statement is compiled once.",
        own::timeit);
    own.add(
        "who",
        Magic.Kind.LINE,
        "%who",
        "Lists the variables of the session with their types.",
        own::who);
    own.add("env", Magic.Kind.LINE, "%env [NAME]", "Shows environment variables.", own::env);
    own.add(
        "html",
        Magic.Kind.CELL,
        "%%html",
        "Shows the cell as HTML.",
        (a, text, cell) -> bundle("text/html", text));
    own.add(
        "markdown",
        Magic.Kind.CELL,
        "%%markdown",
        "Shows the cell as Markdown.",
        (a, text, cell) -> bundle("text/markdown", text));
    own.add(
        "load",
        Magic.Kind.LINE,
        "%load file",
        "Runs a .java, .jshell or .jsh file, or the code cells of a notebook in text form.",
        own::load);
    own.add(
        "bash",
        Magic.Kind.CELL,
        "%%bash",
        "Runs the cell with bash; off unless the kernel is started with EMBEDLAB_BASH=1.",
        own::bash);
    own.add("help", Magic.Kind.LINE, "%help NAME", "Says what a magic does.", own::help);
  }

  private void add(String name, Magic.Kind kind, String usage, String help, Magic.Body body) {
    magics.add(new Magic(name, kind, usage, help, body));
  }

  private Object help(List<String> arguments, Magic.Source text, boolean cell) {
    if (arguments.isEmpty()) {
      throw new MagicException("Write %help NAME; %lsmagic lists the names.");
    }
    String name = arguments.getFirst().replace("%", "");
    for (Magic magic : magics.all()) {
      if (magic.name().equalsIgnoreCase(name)) {
        System.out.println(magic.usage() + "\n    " + magic.help());
        return null;
      }
    }
    magics.find(name, false);
    return null;
  }

  private static Object bundle(String type, Magic.Source text) {
    return new MimeBundle(Map.of(type, text.text(), "text/plain", text.text()));
  }

  private Object who(List<String> arguments, Magic.Source text, boolean cell) {
    String list =
        shell.query(
            jshell ->
                jshell
                    .variables()
                    .filter(
                        variable ->
                            jshell.status(variable).isActive() && !variable.name().startsWith("$"))
                    .map(variable -> variable.typeName() + " " + variable.name())
                    .sorted()
                    .collect(Collectors.joining("\n")));
    System.out.println(list.isEmpty() ? "No variables yet." : list);
    return null;
  }

  private Object env(List<String> arguments, Magic.Source text, boolean cell) {
    if (arguments.isEmpty()) {
      System.getenv().keySet().stream().sorted().forEach(System.out::println);
    } else {
      String value = System.getenv(arguments.getFirst());
      System.out.println(value == null ? arguments.getFirst() + " is not set" : value);
    }
    return null;
  }

  private Object load(List<String> arguments, Magic.Source text, boolean cell) throws Exception {
    if (arguments.size() != 1 || !Files.isRegularFile(Path.of(arguments.getFirst()))) {
      throw new MagicException("Write %load file; '" + text.text() + "' is not a file here.");
    }
    return cells.eval(Files.readString(Path.of(arguments.getFirst()))).orElse(null);
  }

  private Object bash(List<String> arguments, Magic.Source text, boolean cell) throws Exception {
    if (!"1".equals(System.getenv("EMBEDLAB_BASH"))) {
      throw new MagicException(
          "%%bash is off; start Jupyter with the environment variable EMBEDLAB_BASH=1 to allow it.");
    }
    Process process =
        new ProcessBuilder("bash", "-c", text.text()).redirectErrorStream(true).start();
    System.out.print(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    if (process.waitFor() != 0) {
      throw new MagicException("bash ended with code " + process.exitValue());
    }
    return null;
  }

  private Object timeit(List<String> arguments, Magic.Source text, boolean cell) throws Exception {
    String statement = text.text().strip();
    String body = statement.endsWith(";") || statement.endsWith("}") ? statement : statement + ";";
    cells.eval(
        "Runnable timeit$ = () -> { try { "
            + body
            + " } catch (Exception e) { throw new RuntimeException(e); } };");
    Runnable run = (Runnable) cells.eval("timeit$").orElseThrow();
    sample(run, TIMEIT_SECONDS / 4);
    double[] nanos = sample(run, TIMEIT_SECONDS);
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%s median, %s to %s in the middle half, %d runs%n",
        time(nanos[nanos.length / 2]),
        time(nanos[nanos.length / 4]),
        time(nanos[nanos.length * 3 / 4]),
        nanos.length);
    return null;
  }

  private static double[] sample(Runnable run, double seconds) {
    double[] nanos = new double[TIMEIT_MAX_RUNS];
    long end = System.nanoTime() + (long) (seconds * 1e9);
    int n = 0;
    while (n == 0 || n < nanos.length && System.nanoTime() < end) {
      long start = System.nanoTime();
      run.run();
      nanos[n++] = System.nanoTime() - start;
    }
    return Arrays.copyOf(nanos, n);
  }

  private static String time(double nanos) {
    if (nanos < 1e3) {
      return String.format(Locale.ROOT, "%.0f ns", nanos);
    }
    if (nanos < 1e6) {
      return String.format(Locale.ROOT, "%.1f µs", nanos / 1e3);
    }
    return nanos < 1e9
        ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
        : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }
}
