package dev.embedlab.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * Opens a file of rows by the ending of its name: {@code .jsonl}, {@code .ndjson}, {@code .json}
 * (an object a line or one array of objects), {@code .csv}, {@code .tsv}, each also gzipped, and
 * {@code .parquet} where DuckDB is on the class path.
 */
public final class TableFile {

  private static final List<String> TEXT = List.of("jsonl", "ndjson", "json", "csv", "tsv");

  private TableFile() {}

  /** Whether {@link #open} knows the ending of this file's name. */
  public static boolean isOne(Path file) {
    String ending = ending(file);
    return TEXT.contains(ending) || formats(ending) != null;
  }

  /**
   * @throws BadRowException if the ending is not known or the file cannot be opened
   */
  public static RowReader open(Path file) {
    return open(file, firstLine -> true);
  }

  /**
   * @param isHeader whether the cells of the first line of a CSV or TSV file name the columns
   */
  static RowReader open(Path file, Predicate<List<String>> isHeader) {
    return switch (ending(file)) {
      case "jsonl", "ndjson" -> new JsonLines(file);
      case "json" -> JsonArray.isOne(file) ? new JsonArray(file) : new JsonLines(file);
      case "csv" -> new Delimited(file, ',', true, isHeader);
      case "tsv" -> new Delimited(file, '\t', false, isHeader);
      default -> openOther(file);
    };
  }

  private static RowReader openOther(Path file) {
    TableFormat format = formats(ending(file));
    if (format == null) {
      throw new BadRowException(
          file.toString(),
          0,
          "",
          "has an ending that is not known; use .jsonl, .csv, .tsv or .parquet");
    }
    return format.open(file);
  }

  private static TableFormat formats(String ending) {
    for (TableFormat format :
        ServiceLoader.load(TableFormat.class, TableFile.class.getClassLoader())) {
      if (format.endings().contains(ending)) {
        return format;
      }
    }
    return null;
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    name = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
