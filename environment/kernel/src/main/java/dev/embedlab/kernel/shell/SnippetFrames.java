package dev.embedlab.kernel.shell;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/** Translates stack frames of compiled snippets to lines of cells. */
final class SnippetFrames {
  private static final Pattern SNIPPET_CLASS = Pattern.compile("REPL\\.\\$JShell\\$\\w+");

  private record Origin(CellSource cell, int offset, SnippetWrapper wrapper) {}

  /** A line of a cell. */
  record Place(CellSource cell, int line) {}

  private final Map<String, Origin> origins = new ConcurrentHashMap<>();

  void add(CellSource cell, int offset, SnippetWrapper wrapper) {
    origins.put(wrapper.fullClassName(), new Origin(cell, offset, wrapper));
  }

  static boolean isSnippet(StackTraceElement frame) {
    return frame.getClassName().startsWith("REPL.$JShell$");
  }

  Optional<Place> place(StackTraceElement frame) {
    Matcher matcher = SNIPPET_CLASS.matcher(frame.getClassName());
    if (!matcher.lookingAt() || frame.getLineNumber() < 1) {
      return Optional.empty();
    }
    // Nested classes carry a suffix after the wrapper's name: drop it piece by piece.
    String name = matcher.group();
    Origin origin = origins.get(name);
    while (origin == null && name.lastIndexOf('$') > "REPL.$JShell$".length()) {
      name = name.substring(0, name.lastIndexOf('$'));
      origin = origins.get(name);
    }
    return Optional.ofNullable(origin).map(o -> locate(o, frame.getLineNumber()));
  }

  private static Place locate(Origin origin, int wrappedLine) {
    String wrapped = origin.wrapper().wrapped();
    int position = 0;
    for (int line = 1; line < wrappedLine; line++) {
      int next = wrapped.indexOf('\n', position);
      if (next < 0) {
        break;
      }
      position = next + 1;
    }
    int end = wrapped.indexOf('\n', position);
    int source = sourcePosition(origin.wrapper(), position, end < 0 ? wrapped.length() : end);
    return new Place(origin.cell(), origin.cell().line(origin.offset() + source));
  }

  /** The wrapper adds text of its own, so look for the first place where both texts agree. */
  private static int sourcePosition(SnippetWrapper wrapper, int from, int to) {
    for (int at = from; at + 1 < to; at++) {
      int source = wrapper.wrappedToSourcePosition(at);
      if (source >= 0
          && source + 1 < wrapper.source().length()
          && wrapper.wrappedToSourcePosition(at + 1) == source + 1
          && !Character.isWhitespace(wrapper.wrapped().charAt(at))
          && wrapper.wrapped().charAt(at) == wrapper.source().charAt(source)) {
        return source;
      }
    }
    return Math.max(0, wrapper.wrappedToSourcePosition(from));
  }
}
