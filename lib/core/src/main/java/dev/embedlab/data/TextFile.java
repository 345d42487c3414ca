package dev.embedlab.data;

import dev.embedlab.data.ColumnGuess.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A file of pairs, triplets, scored pairs or labelled texts in any format that {@link TableFile}
 * opens. Columns are told by their usual names unless given; {@link Read#columns} says which were
 * taken.
 *
 * <pre>{@code
 * var read = TextFile.of(Path.of("faq.csv")).with("first", "ask").with("second", "reply").pairs();
 * }</pre>
 *
 * @param file to read
 * @param columns part ({@code first, second, negative, score, text, label}) to column
 * @param badRows what happens to rows that cannot be used
 */
public record TextFile(Path file, Map<String, String> columns, BadRows badRows) {

  public TextFile {
    columns = Map.copyOf(columns);
  }

  /** With guessed columns; the first bad row is an error. */
  public static TextFile of(Path file) {
    return new TextFile(file, Map.of(), BadRows.fail());
  }

  /** Says which column plays a part. */
  public TextFile with(String part, String column) {
    Map<String, String> more = new LinkedHashMap<>(columns);
    more.put(part, column);
    return new TextFile(file, more, badRows);
  }

  /** Leaves bad rows out and counts them. */
  public TextFile skippingBadRows() {
    return new TextFile(file, columns, BadRows.skip());
  }

  /**
   * What was read.
   *
   * @param rows the good ones
   * @param columns part to column, as taken
   * @param skipped what was left out and why
   */
  public record Read<T>(List<T> rows, Map<String, String> columns, List<BadRows.Skipped> skipped) {

    public Read {
      rows = List.copyOf(rows);
    }

    /** Counts, columns and what was left out; the rows themselves are in {@link #rows}. */
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      text.append(rows.size()).append(" rows; columns: ").append(columns);
      skipped.forEach(s -> text.append("\n  ! ").append(s));
      return text.toString();
    }
  }

  /** Texts that belong together, columns {@code first} and {@code second}. */
  public Read<TextPair> pairs() {
    return read(
        (row, c) -> new TextPair(row.text(c.get(Part.FIRST)), row.text(c.get(Part.SECOND))),
        Part.FIRST,
        Part.SECOND);
  }

  /** Texts with a fitting and an unfitting one, columns {@code first, second, negative}. */
  public Read<TextTriplet> triplets() {
    return read(
        (row, c) ->
            new TextTriplet(
                row.text(c.get(Part.FIRST)),
                row.text(c.get(Part.SECOND)),
                row.text(c.get(Part.NEGATIVE))),
        Part.FIRST,
        Part.SECOND,
        Part.NEGATIVE);
  }

  /** Pairs with a number, columns {@code first, second, score}. */
  public Read<ScoredPair> scoredPairs() {
    return read(
        (row, c) ->
            new ScoredPair(
                row.text(c.get(Part.FIRST)),
                row.text(c.get(Part.SECOND)),
                row.number(c.get(Part.SCORE))),
        Part.FIRST,
        Part.SECOND,
        Part.SCORE);
  }

  /** Texts with one label or a list of them, columns {@code text} and {@code label}. */
  public Read<LabelledText> labelledTexts() {
    return read(
        (row, c) -> new LabelledText(row.text(c.get(Part.TEXT)), labels(row, c.get(Part.LABEL))),
        Part.TEXT,
        Part.LABEL);
  }

  private static List<String> labels(Row row, String column) {
    return row.fields().get(column) instanceof List<?>
        ? row.texts(column)
        : List.of(row.text(column));
  }

  private <T> Read<T> read(BiFunction<Row, Map<Part, String>, T> maker, Part... wanted) {
    List<T> rows = new ArrayList<>();
    Map<Part, String> taken = new LinkedHashMap<>();
    try (RowReader reader = TableFile.open(file)) {
      badRows.read(
          reader,
          row -> {
            if (taken.isEmpty()) {
              taken.putAll(ColumnGuess.of(row, columns, wanted));
            }
            rows.add(maker.apply(row, taken));
          });
    }
    Map<String, String> shown = new LinkedHashMap<>();
    taken.forEach((part, column) -> shown.put(part.word(), column));
    return new Read<>(rows, shown, badRows.skipped());
  }
}
