package dev.embedlab.kernel.magic;

import java.util.ArrayList;
import java.util.List;

/** Cuts a cell into Java code and line magics. */
public final class CellParts {
  /** A piece of a cell. */
  public sealed interface Part {}

  /** Java code and where it starts in the cell. */
  public record Code(int offset, String text) implements Part {}

  /** A line magic and where its line starts. */
  public record Line(int offset, MagicLine magic) implements Part {}

  /** A magic that takes the whole cell. */
  public record Cell(MagicLine magic, int bodyOffset, String body) implements Part {}

  private final String cell;
  private final List<Part> parts = new ArrayList<>();
  private int codeStart;
  private int depth;
  private char lastCode = ';';

  private CellParts(String cell) {
    this.cell = cell;
  }

  /** The parts of a cell in order. */
  public static List<Part> of(String cell) {
    int start = cell.length() - cell.stripLeading().length();
    if (cell.startsWith("%%", start)) {
      int end = cell.indexOf('\n', start);
      int body = end < 0 ? cell.length() : end + 1;
      String head = cell.substring(start + 2, end < 0 ? cell.length() : end);
      return List.of(new Cell(MagicLine.parse(head), body, cell.substring(body)));
    }
    CellParts parser = new CellParts(cell);
    parser.scan();
    return parser.parts;
  }

  private void scan() {
    int i = 0;
    boolean lineStart = true;
    while (i < cell.length()) {
      char c = cell.charAt(i);
      if (c == '%' && lineStart && isMagic(i)) {
        i = magic(i);
        continue;
      }
      if (!Character.isWhitespace(c)) {
        lineStart = false;
      } else if (c == '\n') {
        lineStart = true;
      }
      i = token(i, c);
    }
    code(cell.length());
  }

  /** A line that starts with % continues an expression unless the code before it has ended. */
  private boolean isMagic(int at) {
    return depth == 0
        && (lastCode == ';' || lastCode == '}')
        && at + 1 < cell.length()
        && Character.isLetter(cell.charAt(at + 1));
  }

  private int magic(int at) {
    int lineStart = cell.lastIndexOf('\n', at) + 1;
    code(lineStart);
    int end = cell.indexOf('\n', at);
    end = end < 0 ? cell.length() : end;
    parts.add(new Line(lineStart, MagicLine.parse(cell.substring(at + 1, end))));
    codeStart = end;
    return end;
  }

  private void code(int end) {
    if (end > codeStart && !cell.substring(codeStart, end).isBlank()) {
      parts.add(new Code(codeStart, cell.substring(codeStart, end)));
    }
    codeStart = end;
  }

  /** Moves past one character, string or comment. */
  private int token(int i, char c) {
    if (cell.startsWith("//", i)) {
      int end = cell.indexOf('\n', i);
      return end < 0 ? cell.length() : end;
    }
    if (cell.startsWith("/*", i)) {
      return after("*/", i + 2);
    }
    if (cell.startsWith("\"\"\"", i)) {
      lastCode = c;
      return after("\"\"\"", i + 3);
    }
    if (c == '"' || c == '\'') {
      lastCode = c;
      return literal(i + 1, c);
    }
    if (c == '{' || c == '(' || c == '[') {
      depth++;
    } else if (c == '}' || c == ')' || c == ']') {
      depth = Math.max(0, depth - 1);
    }
    if (!Character.isWhitespace(c)) {
      lastCode = c;
    }
    return i + 1;
  }

  private int after(String end, int from) {
    int at = cell.indexOf(end, from);
    while (at > 0 && cell.charAt(at - 1) == '\\' && end.startsWith("\"")) {
      at = cell.indexOf(end, at + 1);
    }
    return at < 0 ? cell.length() : at + end.length();
  }

  private int literal(int from, char quote) {
    int i = from;
    while (i < cell.length() && cell.charAt(i) != quote && cell.charAt(i) != '\n') {
      i += cell.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(cell.length(), i < cell.length() && cell.charAt(i) == quote ? i + 1 : i);
  }
}
