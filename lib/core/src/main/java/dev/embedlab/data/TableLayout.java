package dev.embedlab.data;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the file itself does not say of a table: whether its first line names the columns, and which
 * of several languages in it are meant.
 *
 * @param header of CSV and TSV files
 * @param subset empty for all rows; else the value that a column {@code lang}, {@code language},
 *     {@code languages}, {@code lang_pair} or {@code subset} must have, or, where there is none,
 *     two columns of parallel texts joined by a dash, as in {@code eng_Latn-kor_Hang}
 */
public record TableLayout(Header header, String subset) {

  private static final Set<String> LANGUAGE =
      Set.of("lang", "language", "languages", "lang_pair", "subset");

  /** Whether the first line of a CSV or TSV file names the columns. */
  public enum Header {
    /** It does unless it looks like a row: a number or a sentence in it, and no usual name. */
    GUESSED,
    /** It does. */
    FIRST_LINE,
    /** It does not; the columns are called {@code column 1}, {@code column 2} and so on. */
    NONE
  }

  public TableLayout {
    requireNonNull(header, "header");
    requireNonNull(subset, "subset");
  }

  /** All rows, the header guessed. */
  public static TableLayout guessed() {
    return new TableLayout(Header.GUESSED, "");
  }

  boolean isHeader(List<String> firstLine, Map<String, String> given) {
    return switch (header) {
      case FIRST_LINE -> true;
      case NONE -> false;
      case GUESSED ->
          firstLine.stream()
                  .anyMatch(name -> ColumnGuess.isUsual(name) || given.containsValue(name))
              || firstLine.stream().noneMatch(TableLayout::looksLikeData);
    };
  }

  private static boolean looksLikeData(String cell) {
    return cell.matches("[+-]?\\d+([.,]\\d+)?") || cell.split("\\s+").length > 3;
  }

  /** The columns of parallel texts that the subset names, {@code first} and {@code second}. */
  Map<String, String> parallel(Row row) {
    for (int dash = subset.indexOf('-'); dash >= 0; dash = subset.indexOf('-', dash + 1)) {
      String first = column(row, subset.substring(0, dash));
      String second = column(row, subset.substring(dash + 1));
      if (!first.isEmpty() && !second.isEmpty()) {
        return Map.of("first", first, "second", second);
      }
    }
    return Map.of();
  }

  private static String column(Row row, String language) {
    for (String name : List.of(language, "sentence_" + language, "text_" + language)) {
      if (row.fields().containsKey(name)) {
        return name;
      }
    }
    return "";
  }

  /** Whether the columns of a table tell which rows belong to the subset. */
  boolean tellsSubset(Row row) {
    return !parallel(row).isEmpty() || language(row).isPresent();
  }

  /** Whether a row belongs to the subset. */
  boolean takes(Row row) {
    return subset.isEmpty()
        || !parallel(row).isEmpty()
        || language(row).filter(subset::equals).isPresent();
  }

  private static Optional<String> language(Row row) {
    return row.fields().entrySet().stream()
        .filter(field -> LANGUAGE.contains(field.getKey().toLowerCase(Locale.ROOT)))
        .map(field -> String.valueOf(field.getValue()))
        .findFirst();
  }
}
