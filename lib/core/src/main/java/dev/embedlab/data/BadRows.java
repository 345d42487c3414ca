package dev.embedlab.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What happens to rows that cannot be used: the first one ends the reading, or all are counted. */
public final class BadRows {

  private static final int EXAMPLES = 5;

  private final boolean skip;
  private final Map<String, Skipped> skipped = new LinkedHashMap<>();

  private BadRows(boolean skip) {
    this.skip = skip;
  }

  /**
   * Rows skipped for one reason.
   *
   * @param file they stand in
   * @param reason why they were skipped
   * @param count how many
   * @param firstLines line numbers of the first few
   */
  public record Skipped(String file, String reason, long count, List<Long> firstLines) {

    @Override
    public String toString() {
      return "%s: skipped %d %s: %s (first: lines %s)"
          .formatted(file, count, count == 1 ? "row" : "rows", reason, firstLines);
    }
  }

  /** The first bad row is an error. */
  public static BadRows fail() {
    return new BadRows(false);
  }

  /** Bad rows are left out, counted by reason, and listed by {@link #skipped()}. */
  public static BadRows skip() {
    return new BadRows(true);
  }

  /** Reads all rows, handing each good one on. The consumer may refuse a row by throwing too. */
  void read(RowReader rows, Consumer<Row> use) {
    while (rows.hasNext()) {
      try {
        use.accept(rows.next());
      } catch (BadRowException e) {
        handle(e);
      }
    }
  }

  private void handle(BadRowException e) {
    // Line 0 speaks of the whole file, which cannot be skipped.
    if (!skip || e.line() == 0) {
      throw e;
    }
    String reason = e.field().isEmpty() ? e.problem() : "'" + e.field() + "' " + e.problem();
    reason = reason.length() > 120 ? reason.substring(0, 120) + "..." : reason;
    String key = e.file() + '\0' + e.field() + '\0' + e.problem().split("[:;'\"(]", 2)[0];
    String shown = reason;
    skipped.merge(
        key, new Skipped(e.file(), shown, 1, List.of(e.line())), (all, one) -> join(all, e));
  }

  private static Skipped join(Skipped all, BadRowException e) {
    List<Long> lines = new ArrayList<>(all.firstLines());
    if (lines.size() < EXAMPLES) {
      lines.add(e.line());
    }
    return new Skipped(all.file(), all.reason(), all.count() + 1, List.copyOf(lines));
  }

  /** What was left out so far, by file and reason. */
  public List<Skipped> skipped() {
    return List.copyOf(skipped.values());
  }

  public long skippedRows() {
    return skipped.values().stream().mapToLong(Skipped::count).sum();
  }
}
