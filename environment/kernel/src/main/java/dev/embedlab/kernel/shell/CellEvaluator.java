package dev.embedlab.kernel.shell;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;

/** Runs the Java code of a cell, snippet by snippet. */
public final class CellEvaluator {
  private static final int MAX_HINTS = 5;

  /** One semicolon, at the end, and nothing that could hide another: no block, text or comment. */
  private static final Pattern ONE_STATEMENT = Pattern.compile("[^;{}\"'/\\\\\\v]*;\\s*");

  private final JavaShell shell;
  private final ErrorReport errors;
  private final Duration timeout;

  /**
   * @param timeout how long one statement may run; zero for no limit
   */
  public CellEvaluator(JavaShell shell, Duration timeout) {
    this.shell = shell;
    this.timeout = timeout;
    this.errors = new ErrorReport(shell.frames());
  }

  /**
   * Runs code that starts at an offset of its cell.
   *
   * @return the value of the last snippet when that is an expression with a value
   * @throws CellException when it does not compile or throws
   * @throws InterruptedCell when the user interrupted it
   */
  public Optional<Object> run(CellSource cell, int start, String code, Execution execution)
      throws CellException, InterruptedCell {
    Object last = null;
    List<Snippet> declared = new ArrayList<>();
    String rest = code;
    while (true) {
      int offset = start + code.length() - rest.length();
      Optional<Split> split = split(cell, offset, rest);
      if (split.isEmpty()) {
        noteMissing(declared, execution);
        return Optional.ofNullable(last);
      }
      if (execution.interrupted()) {
        throw new InterruptedCell(execution.reason());
      }
      String source = split.get().snippet();
      int blank = source.length() - source.stripLeading().length();
      last = evaluate(cell, offset + blank, source.substring(blank), execution, declared);
      rest = split.get().rest();
    }
  }

  /** The first snippet of some code and what follows it. */
  private record Split(String snippet, String rest) {}

  private Optional<Split> split(CellSource cell, int offset, String code) throws CellException {
    if (code.isBlank()) {
      return Optional.empty();
    }
    if (isOneStatement(code)) {
      return Optional.of(new Split(code, ""));
    }
    CompletionInfo info = shell.analyze(code);
    if (info.completeness() == Completeness.EMPTY) {
      return Optional.empty();
    }
    if (!info.completeness().isComplete() && info.source() == null) {
      throw incomplete(cell, offset, code);
    }
    return Optional.of(new Split(info.source(), info.remaining()));
  }

  /** True for code such as {@code int v = f(1);}: jshell need not be asked where it ends. */
  private static boolean isOneStatement(String code) {
    return ONE_STATEMENT.matcher(code).matches()
        && code.chars().filter(c -> c == '(').count() == code.chars().filter(c -> c == ')').count();
  }

  /** Describes an error for the front end. */
  public CellException describe(Throwable error) {
    return errors.thrown(error);
  }

  private CellException incomplete(CellSource cell, int offset, String rest) {
    int leading = rest.length() - rest.stripLeading().length();
    return errors.incomplete(
        cell,
        offset + leading,
        "This code is not complete: a closing bracket, quote or semicolon is missing.");
  }

  private Object evaluate(
      CellSource cell, int offset, String source, Execution execution, List<Snippet> declared)
      throws CellException, InterruptedCell {
    JavaShell.Result result = evaluateInTime(cell, offset, source, execution);
    for (SnippetEvent event : result.events()) {
      shell.locate(event.snippet(), cell, offset);
    }
    for (SnippetEvent event : result.events()) {
      if (event.causeSnippet() == null) {
        declared.add(event.snippet());
        check(cell, offset, event, result.error());
      }
    }
    SnippetEvent event = result.events().isEmpty() ? null : result.events().getLast();
    return event != null && shows(event.snippet()) ? result.value() : null;
  }

  private JavaShell.Result evaluateInTime(
      CellSource cell, int offset, String source, Execution execution) {
    if (timeout.isZero()) {
      return shell.eval(source, execution, cell, offset);
    }
    Future<?> alarm =
        Alarm.TIMER.schedule(
            () -> execution.interrupt("The statement ran longer than IJAVA_TIMEOUT allows."),
            timeout.toNanos(),
            TimeUnit.NANOSECONDS);
    try {
      return shell.eval(source, execution, cell, offset);
    } finally {
      alarm.cancel(false);
    }
  }

  /** Started at the first use only. */
  private static final class Alarm {
    static final ScheduledExecutorService TIMER =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("kernel-timeout").daemon().factory());
  }

  private void check(CellSource cell, int offset, SnippetEvent event, Throwable error)
      throws CellException, InterruptedCell {
    if (error instanceof InterruptedCell interrupted) {
      throw interrupted;
    }
    if (event.exception() instanceof UnresolvedReferenceException unresolved) {
      String names = unresolvedNames(unresolved.getSnippet());
      throw errors.thrown(new IllegalStateException(names, unresolved));
    }
    if (error != null) {
      throw errors.thrown(error);
    }
    if (event.status() == Snippet.Status.REJECTED) {
      List<Diag> diagnostics = shell.query(jshell -> jshell.diagnostics(event.snippet()).toList());
      throw errors.compilation(cell, offset, diagnostics, hints(cell, offset, diagnostics));
    }
  }

  /** Imports that would resolve the names the compiler does not know. */
  private List<String> hints(CellSource cell, int offset, List<Diag> diagnostics) {
    Set<String> found = new LinkedHashSet<>();
    for (Diag diagnostic : diagnostics) {
      int start = offset + (int) diagnostic.getStartPosition();
      int end = offset + (int) diagnostic.getEndPosition();
      boolean unknown = String.valueOf(diagnostic.getCode()).contains("cant.resolve");
      if (unknown && start >= 0 && end <= cell.text().length() && start < end) {
        String name = cell.text().substring(start, end).replaceFirst("\\W.*", "");
        shell.classNames(name, MAX_HINTS).stream()
            .filter(full -> full.endsWith("." + name))
            .forEach(found::add);
      }
    }
    return found.stream().limit(MAX_HINTS).map(name -> "Perhaps: import " + name + ";").toList();
  }

  /** Says what a declaration still waits for; it is no error, the rest may come in a later cell. */
  private void noteMissing(List<Snippet> declared, Execution execution) {
    for (Snippet snippet : declared) {
      Snippet.Status status = shell.query(jshell -> jshell.status(snippet));
      if (status == Snippet.Status.RECOVERABLE_DEFINED
          || status == Snippet.Status.RECOVERABLE_NOT_DEFINED) {
        String head = snippet.source().lines().findFirst().orElse("").strip();
        String note =
            "Note: '"
                + head
                + "' cannot be used until this is declared: "
                + missing(snippet)
                + "\n";
        byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
        execution.output().write("stdout", bytes, 0, bytes.length);
      }
    }
  }

  private String unresolvedNames(Snippet snippet) {
    return "This needs a declaration that is still missing: " + missing(snippet);
  }

  private String missing(Snippet snippet) {
    return shell.query(
        jshell ->
            snippet instanceof DeclarationSnippet declaration
                ? String.join(", ", jshell.unresolvedDependencies(declaration).toList())
                : "");
  }

  private static boolean shows(Snippet snippet) {
    return switch (snippet.subKind()) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> true;
      default -> false;
    };
  }
}
