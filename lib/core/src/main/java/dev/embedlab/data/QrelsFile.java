package dev.embedlab.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Judgement files: BEIR's {@code query-id<TAB>corpus-id<TAB>score} with a header line, and TREC's
 * {@code query iteration document grade} without one. Which of them it is, the columns of the first
 * line tell.
 */
public final class QrelsFile {

  private QrelsFile() {}

  /** Reads a file whose every row must be good. */
  public static Qrels read(Path file) {
    return read(file, BadRows.fail());
  }

  /**
   * @throws BadRowException naming file, line and field
   */
  public static Qrels read(Path file, BadRows badRows) {
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    try (Columns columns = new Columns(file, QrelsFile::names)) {
      badRows.read(columns, row -> BeirRows.judgement(row, grades));
    }
    return new Qrels(grades);
  }

  private static Columns.Layout names(String first) {
    String[] cells = first.split("\t", -1);
    if (cells.length >= 3 && cells[0].equals("query-id")) {
      return new Columns.Layout(java.util.List.of(cells), true, true);
    }
    if (cells.length == 3 && isInteger(cells[2])) {
      return new Columns.Layout(java.util.List.of("query-id", "corpus-id", "score"), false, true);
    }
    return new Columns.Layout(
        java.util.List.of("query-id", "iteration", "corpus-id", "score"), false, false);
  }

  private static boolean isInteger(String cell) {
    return cell.strip().matches("[+-]?[0-9]+");
  }
}
