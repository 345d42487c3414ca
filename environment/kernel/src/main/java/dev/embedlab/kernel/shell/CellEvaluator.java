package dev.embedlab.kernel.shell;

import java.util.List;
import java.util.Optional;
import jdk.jshell.Diag;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;

/** Runs the Java code of a cell, snippet by snippet. */
public final class CellEvaluator {
  private final JavaShell shell;
  private final ErrorReport errors;

  public CellEvaluator(JavaShell shell) {
    this.shell = shell;
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
    String rest = code;
    while (true) {
      int offset = start + code.length() - rest.length();
      CompletionInfo info = shell.analyze(rest);
      if (info.completeness() == Completeness.EMPTY) {
        return Optional.ofNullable(last);
      }
      if (!info.completeness().isComplete() && info.source() == null) {
        throw incomplete(cell, offset, rest, info);
      }
      if (execution.interrupted()) {
        throw new InterruptedCell("The cell was interrupted.");
      }
      int blank = info.source().length() - info.source().stripLeading().length();
      last = evaluate(cell, offset + blank, info.source().substring(blank), execution);
      rest = info.remaining();
    }
  }

  /** Describes an error for the front end. */
  public CellException describe(Throwable error) {
    return errors.thrown(error);
  }

  private CellException incomplete(CellSource cell, int offset, String rest, CompletionInfo info) {
    int leading = rest.length() - rest.stripLeading().length();
    return errors.incomplete(
        cell,
        offset + leading,
        "This code is not complete: a closing bracket, quote or semicolon is missing.");
  }

  private Object evaluate(CellSource cell, int offset, String source, Execution execution)
      throws CellException, InterruptedCell {
    JavaShell.Result result = shell.eval(source, execution, cell, offset);
    for (SnippetEvent event : result.events()) {
      shell.locate(event.snippet(), cell, offset);
    }
    for (SnippetEvent event : result.events()) {
      if (event.causeSnippet() == null) {
        check(cell, offset, event, result.error());
      }
    }
    SnippetEvent event = result.events().isEmpty() ? null : result.events().getLast();
    return event != null && shows(event.snippet()) ? result.value() : null;
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
      throw errors.compilation(cell, offset, diagnostics);
    }
  }

  private String unresolvedNames(Snippet snippet) {
    List<String> names =
        shell.query(
            jshell ->
                jshell.unresolvedDependencies((jdk.jshell.DeclarationSnippet) snippet).toList());
    return "This needs a declaration that is still missing: " + String.join(", ", names);
  }

  private static boolean shows(Snippet snippet) {
    return switch (snippet.subKind()) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> true;
      default -> false;
    };
  }
}
