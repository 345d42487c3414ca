package dev.embedlab.data;

import dev.embedlab.data.ColumnGuess.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Pairs, triplets, scored pairs, labelled texts or summaries in files of any format that {@link
 * TableFile} opens. Columns are told by their usual names unless given; {@link Read#columns} says
 * which were taken.
 *
 * <pre>{@code
 * var read = TextFile.of(Path.of("faq.csv")).with("first", "ask").with("second", "reply").pairs();
 * }</pre>
 *
 * @param files to read one after the other, parts of one table
 * @param columns part ({@code first, second, negative, score, text, label, human, machine, rating})
 *     to column
 * @param layout what the files do not say themselves
 * @param badRows what happens to rows that cannot be used
 */
public record TextFile(
    List<Path> files, Map<String, String> columns, TableLayout layout, BadRows badRows) {

  public TextFile {
    files = List.copyOf(files);
    columns = Map.copyOf(columns);
  }

  /** With guessed columns; the first bad row is an error. */
  public static TextFile of(Path file) {
    return new TextFile(List.of(file), Map.of(), TableLayout.guessed(), BadRows.fail());
  }

  /**
   * The files of one split in a folder as the Hugging Face hub lays it out, told by its README or
   * by the names of files.
   *
   * @param subset language or other configuration; empty for the only one. Where the folder has one
   *     configuration only, {@link TableLayout#subset} says which rows or columns are meant
   * @param split for example {@code test}
   * @throws BadRowException saying which subsets or splits there are
   */
  public static TextFile in(Path folder, String subset, String split) {
    Set<String> configs = FolderTables.configs(folder);
    if (configs.size() == 1 && !subset.isEmpty() && !configs.contains(subset)) {
      TableLayout layout = new TableLayout(TableLayout.Header.GUESSED, subset);
      List<Path> files = FolderTables.find(folder, "", split);
      TextFile rows = new TextFile(files, Map.of(), layout, BadRows.fail());
      if (rows.firstRow().filter(layout::tellsSubset).isPresent()) {
        return rows;
      }
    }
    List<Path> files = FolderTables.find(folder, subset, split);
    return new TextFile(files, Map.of(), TableLayout.guessed(), BadRows.fail());
  }

  /** sha256 of the bytes of the files, 64 hexadecimal digits. */
  public String fingerprint() {
    return Fingerprint.ofFiles(files);
  }

  /** Says which column plays a part. */
  public TextFile with(String part, String column) {
    Map<String, String> more = new LinkedHashMap<>(columns);
    more.put(part, column);
    return new TextFile(files, more, layout, badRows);
  }

  /** Says whether the first line of CSV and TSV files names the columns. */
  public TextFile withHeader(TableLayout.Header header) {
    return new TextFile(files, columns, new TableLayout(header, layout.subset()), badRows);
  }

  /** Leaves bad rows out and counts them. */
  public TextFile skippingBadRows() {
    return withBadRows(BadRows.skip());
  }

  public TextFile withBadRows(BadRows value) {
    return new TextFile(files, columns, layout, value);
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

  /**
   * Pairs with a number, columns {@code first, second, score}. A row may hold lists of equal
   * length, as MTEB's older data sets do.
   */
  public Read<ScoredPair> scoredPairs() {
    return flatten(read(TextRows::scoredPairs, Part.FIRST, Part.SECOND, Part.SCORE));
  }

  /**
   * Texts with one label or a list of them, columns {@code text} and {@code label}. Where a row
   * holds a list of texts with a label each, the sets of all rows are joined and every text is
   * taken once, as MTEB does with clustering data of its first version.
   */
  public Read<LabelledText> labelledTexts() {
    Set<String> seen = new HashSet<>();
    return flatten(
        read(
            (row, c) -> {
              List<LabelledText> texts = TextRows.labelledTexts(row, c);
              boolean set = row.fields().get(c.get(Part.TEXT)) instanceof List<?>;
              return set ? texts.stream().filter(text -> seen.add(text.text())).toList() : texts;
            },
            Part.TEXT,
            Part.LABEL));
  }

  /** The texts alone, column {@code text}. */
  public Read<String> texts() {
    return read((row, c) -> row.text(c.get(Part.TEXT)), Part.TEXT);
  }

  /** Names of the columns of the first row; none if there is no row. */
  public Set<String> columnNames() {
    return firstRow().map(row -> row.fields().keySet()).orElse(Set.of());
  }

  private Optional<Row> firstRow() {
    try (RowReader rows = open(files.getFirst())) {
      return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    }
  }

  /** One list of texts and one of labels a row, columns {@code text} and {@code label}. */
  public Read<List<LabelledText>> labelledSets() {
    return read(TextRows::labelledSet, Part.TEXT, Part.LABEL);
  }

  /** Summaries with ratings, columns {@code human}, {@code machine} and {@code rating}. */
  public Read<SummarySample> summaries() {
    return read(TextRows::summary, Part.HUMAN, Part.MACHINE, Part.RATING);
  }

  private static <T> Read<T> flatten(Read<List<T>> read) {
    List<T> rows = read.rows.stream().flatMap(List::stream).toList();
    return new Read<>(rows, read.columns, read.skipped);
  }

  private RowReader open(Path file) {
    return TableFile.open(file, firstLine -> layout.isHeader(firstLine, columns));
  }

  /** The columns that were given, after those that the subset names. */
  private Map<String, String> columns(Row row) {
    Map<String, String> all = new LinkedHashMap<>(layout.parallel(row));
    all.putAll(columns);
    return all;
  }

  private <T> Read<T> read(BiFunction<Row, Map<Part, String>, T> maker, Part... wanted) {
    List<T> rows = new ArrayList<>();
    Map<Part, String> taken = new LinkedHashMap<>();
    for (Path file : files) {
      try (RowReader reader = open(file)) {
        badRows.read(
            reader,
            row -> {
              if (!layout.takes(row)) {
                return;
              }
              if (taken.isEmpty()) {
                taken.putAll(ColumnGuess.of(row, columns(row), wanted));
              }
              rows.add(maker.apply(row, taken));
            });
      }
    }
    Map<String, String> shown = new LinkedHashMap<>();
    taken.forEach((part, column) -> shown.put(part.word(), column));
    return new Read<>(rows, shown, badRows.skipped());
  }
}
