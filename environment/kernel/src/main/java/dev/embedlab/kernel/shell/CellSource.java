package dev.embedlab.kernel.shell;

/**
 * The text of a cell, for messages that point into it.
 *
 * @param label how the cell is called in messages, for example {@code Cell [3]}
 */
public record CellSource(String label, String text) {

  /** Line of an offset, counted from 1. */
  int line(int offset) {
    int line = 1;
    for (int i = 0; i < Math.min(offset, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  /** Column of an offset, counted from 0. */
  int column(int offset) {
    int end = Math.min(offset, text.length());
    return end - (text.lastIndexOf('\n', end - 1) + 1);
  }

  /** The text of a line, counted from 1. */
  String lineText(int line) {
    String[] lines = text.split("\n", -1);
    return line >= 1 && line <= lines.length ? lines[line - 1] : "";
  }
}
