package dev.embedlab.kernel.shell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jdk.jshell.Diag;

/** Writes errors so that they teach: the cell's own line marked, foreign frames left out. */
final class ErrorReport {
  private static final String RED = "\u001b[1;31m";
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String RESET = "\u001b[0m";
  private static final int MAX_FRAMES = 40;

  private final SnippetFrames frames;

  ErrorReport(SnippetFrames frames) {
    this.frames = frames;
  }

  /** The error of code that does not compile. */
  CellException compilation(
      CellSource cell, int offset, List<Diag> diagnostics, List<String> hints) {
    List<String> lines = new ArrayList<>();
    String first = "";
    for (Diag diagnostic : diagnostics) {
      if (!diagnostic.isError()) {
        continue;
      }
      String message = diagnostic.getMessage(Locale.ENGLISH).strip();
      if (first.isEmpty()) {
        first = message.lines().findFirst().orElse("");
      }
      int start = offset + (int) Math.max(0, diagnostic.getStartPosition());
      int end = offset + (int) Math.max(diagnostic.getStartPosition(), diagnostic.getEndPosition());
      lines.addAll(point(cell, start, end));
      message.lines().forEach(line -> lines.add(RED + line + RESET));
      lines.add("");
    }
    if (first.isEmpty()) {
      first = "The code could not be compiled.";
      lines.add(RED + first + RESET);
    }
    lines.addAll(hints);
    return new CellException("CompilationException", first, lines, null);
  }

  /** Code that ends too early or has a stray closing bracket. */
  CellException incomplete(CellSource cell, int offset, String message) {
    List<String> lines = new ArrayList<>(point(cell, offset, offset + 1));
    lines.add(RED + message + RESET);
    return new CellException("IncompleteSourceException", message, lines, null);
  }

  /** The error that code threw. */
  CellException thrown(Throwable error) {
    List<String> lines = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable t = error; t != null && seen.add(t); t = cause(t)) {
      lines.add((t == error ? "" : "Caused by: ") + RED + t.getClass().getName() + RESET + text(t));
      addFrames(lines, t);
    }
    return new CellException(error.getClass().getName(), message(error), lines, error);
  }

  static String message(Throwable error) {
    try {
      String message = error.getLocalizedMessage();
      return message == null ? "" : message;
    } catch (Throwable t) {
      return "(its message failed: " + t.getClass().getName() + ")";
    }
  }

  private static String text(Throwable error) {
    String message = message(error);
    return message.isEmpty() ? "" : ": " + message;
  }

  private static Throwable cause(Throwable error) {
    try {
      return error.getCause();
    } catch (Throwable t) {
      return null;
    }
  }

  private void addFrames(List<String> lines, Throwable error) {
    boolean marked = false;
    int shown = 0;
    StackTraceElement[] stack = error.getStackTrace();
    int last = lastSnippet(stack);
    for (int i = 0; i < (last < 0 ? stack.length : last + 1); i++) {
      if (hidden(stack[i])) {
        continue;
      }
      if (shown++ == MAX_FRAMES) {
        lines.add(DIM + "    … more frames" + RESET);
        break;
      }
      SnippetFrames.Place place = frames.place(stack[i]).orElse(null);
      if (place == null) {
        lines.add(DIM + "    at " + stack[i] + RESET);
        continue;
      }
      lines.add(
          "    at "
              + BOLD
              + place.cell().label()
              + ", line "
              + place.line()
              + RESET
              + in(stack[i]));
      if (!marked) {
        marked = true;
        String source = place.cell().lineText(place.line());
        lines.add(gutter("--> ", place.line()) + source);
      }
    }
  }

  private static String in(StackTraceElement frame) {
    String method = frame.getMethodName();
    return method.equals("do_it$")
            || method.startsWith("lambda$do_it$")
            || method.equals("<clinit>")
        ? ""
        : ", in " + method.replaceFirst("^lambda\\$(\\w+)\\$\\d+$", "a lambda of $1");
  }

  private static int lastSnippet(StackTraceElement[] stack) {
    int last = stack.length - 1;
    while (last >= 0 && !SnippetFrames.isSnippet(stack[last])) {
      last--;
    }
    return last;
  }

  private static boolean hidden(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith("dev.embedlab.kernel.")
        || name.startsWith("jdk.internal.reflect.")
        || name.startsWith("jdk.jshell.")
        || name.startsWith("java.lang.invoke.");
  }

  private static List<String> point(CellSource cell, int start, int end) {
    int line = cell.line(start);
    int column = cell.column(start);
    String source = cell.lineText(line);
    int length = Math.max(1, Math.min(end - start, source.length() - column));
    String prefix = gutter("", line);
    return List.of(
        BOLD + cell.label() + ", line " + line + RESET,
        prefix + source,
        " ".repeat(prefix.length() + column) + RED + "^".repeat(length) + RESET);
  }

  private static String gutter(String mark, int line) {
    return String.format("%5s %3d | ", mark, line);
  }
}
