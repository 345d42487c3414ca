package dev.embedlab.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * Runs cells on the JDK's own JShell and nothing else, in the way of IJava and JJava: in this
 * process, with their default imports, snippet by snippet until one fails.
 */
public final class PlainJShell {

  private static final List<String> DEFAULT_IMPORTS =
      List.of(
          "java.util.*",
          "java.io.*",
          "java.math.*",
          "java.net.*",
          "java.util.concurrent.*",
          "java.util.prefs.*",
          "java.util.regex.*",
          "java.util.stream.*");

  private final JShell shell;

  private PlainJShell(JShell shell) {
    this.shell = shell;
  }

  /**
   * Runs the files of a folder in the order of their names; ends with 1 at the first that fails.
   */
  public static void main(String[] arguments) throws IOException {
    try (JShell shell = JShell.builder().executionEngine("local").build();
        Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      String classPath = System.getProperty("java.class.path");
      shell.addToClasspath(classPath);
      PlainJShell plain = new PlainJShell(shell);
      DEFAULT_IMPORTS.forEach(name -> plain.run("import " + name + ";"));
      for (Path cell : files.sorted().toList()) {
        plain.run(Files.readString(cell));
      }
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }

  private void run(String cell) {
    CompletionInfo part = shell.sourceCodeAnalysis().analyzeCompletion(cell);
    while (part.completeness().isComplete()) {
      for (SnippetEvent event : shell.eval(part.source())) {
        check(event, part.source(), cell);
      }
      part = shell.sourceCodeAnalysis().analyzeCompletion(part.remaining());
    }
    if (part.completeness() != Completeness.EMPTY) {
      throw new IllegalStateException("incomplete: %s%nin the cell%n%s".formatted(part, cell));
    }
  }

  private void check(SnippetEvent event, String source, String cell) {
    if (event.exception() != null) {
      throw failure(event.exception().toString() + cause(event), source, cell);
    }
    if (event.status() == Snippet.Status.REJECTED) {
      var reasons = shell.diagnostics(event.snippet()).map(reason -> reason.getMessage(null));
      throw failure(String.join("\n", reasons.toList()), source, cell);
    }
  }

  private static String cause(SnippetEvent event) {
    return event.exception() instanceof EvalException thrown
        ? " (" + thrown.getExceptionClassName() + ")"
        : "";
  }

  private static IllegalStateException failure(String reason, String source, String cell) {
    return new IllegalStateException(
        "%s%nat%n%s%nin the cell%n%s".formatted(reason, source.strip(), cell));
  }
}
