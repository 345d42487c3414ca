package dev.embedlab.display;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A table of cells that shows as HTML and as text. Numbers stand right, with as many decimals as
 * their column needs and four at most, text left; long tables show their first rows and say how
 * many more there are.
 *
 * @param columns names
 * @param rows {@code [rows][columns]}; a cell is a number, a boolean, or anything with a text form
 */
public record Grid(List<String> columns, List<List<Object>> rows) {

  private static final int SHOWN_ROWS = 50;
  private static final int TEXT_WIDTH = 60;
  private static final int DECIMALS = 4;

  /** Cells that are not longer stay on one line. */
  private static final int UNBROKEN = 26;

  public Grid {
    columns = List.copyOf(columns);
    List<List<Object>> copy = new ArrayList<>();
    for (List<Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "Row %d has %d cells for %d columns."
                .formatted(copy.size(), row.size(), columns.size()));
      }
      copy.add(java.util.Collections.unmodifiableList(new ArrayList<>(row)));
    }
    rows = List.copyOf(copy);
  }

  /** MIME type to content, as a Jupyter kernel sends it. */
  public Map<String, Object> mimeBundle() {
    return new Html(html(), toString()).mimeBundle();
  }

  private String html() {
    StringBuilder out = new StringBuilder("<table style=\"border-collapse:collapse\"><thead><tr>");
    for (int c = 0; c < columns.size(); c++) {
      cell(out, "th", columns.get(c), isNumeric(c));
    }
    out.append("</tr></thead><tbody>");
    for (List<Object> row : shown()) {
      out.append("<tr>");
      for (int c = 0; c < row.size(); c++) {
        cell(out, "td", text(row.get(c), decimals(c)), isNumeric(c));
      }
      out.append("</tr>");
    }
    out.append("</tbody></table>");
    if (rows.size() > SHOWN_ROWS) {
      out.append("<p><em>").append(remainder()).append("</em></p>");
    }
    return out.toString();
  }

  private static void cell(StringBuilder out, String element, String text, boolean right) {
    out.append('<').append(element).append(" style=\"text-align:");
    out.append(right ? "right" : "left").append(";vertical-align:top");
    out.append(text.length() <= UNBROKEN ? ";white-space:nowrap\">" : "\">");
    out.append(Html.escape(text).replace("\n", "<br>"));
    out.append("</").append(element).append('>');
  }

  private List<List<Object>> shown() {
    return rows.subList(0, Math.min(SHOWN_ROWS, rows.size()));
  }

  private String remainder() {
    return "... and %,d more rows".formatted(rows.size() - SHOWN_ROWS);
  }

  private boolean isNumeric(int column) {
    return !rows.isEmpty()
        && rows.stream()
            .map(row -> row.get(column))
            .allMatch(v -> v == null || v instanceof Number);
  }

  /** How many decimals tell all numbers of a column that are below ten apart. */
  private int decimals(int column) {
    return shown().stream()
        .map(row -> row.get(column))
        .filter(v -> v instanceof Double || v instanceof Float)
        .mapToDouble(v -> ((Number) v).doubleValue())
        .filter(v -> Double.isFinite(v) && Math.abs(v) < 10)
        .mapToInt(Grid::decimals)
        .max()
        .orElse(DECIMALS);
  }

  private static int decimals(double value) {
    double scaled = value;
    for (int d = 0; d < DECIMALS; d++) {
      if (Math.abs(scaled - Math.rint(scaled)) < 1e-6) {
        return d;
      }
      scaled *= 10;
    }
    return DECIMALS;
  }

  private static String text(Object value, int decimals) {
    return switch (value) {
      case null -> "";
      case Double d -> number(d, decimals);
      case Float f -> number(f, decimals);
      case Long l -> String.format(Locale.ROOT, "%,d", l);
      case Integer i -> String.format(Locale.ROOT, "%,d", i);
      default -> value.toString();
    };
  }

  /** Scores have four decimals as leaderboards print them; larger numbers fewer. */
  private static String number(double d, int decimals) {
    if (!Double.isFinite(d)) {
      return Double.isNaN(d) ? "" : Double.toString(d);
    }
    double size = Math.abs(d);
    String format =
        size >= 1000 || (d == Math.rint(d) && size >= 10)
            ? "%,.0f"
            : size >= 10 ? "%.1f" : "%." + decimals + "f";
    return String.format(Locale.ROOT, size > 0 && size < 1e-4 ? "%.1e" : format, d);
  }

  @Override
  public String toString() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns);
    int[] decimals = IntStream.range(0, columns.size()).map(this::decimals).toArray();
    for (List<Object> row : shown()) {
      lines.add(
          IntStream.range(0, decimals.length)
              .mapToObj(c -> cut(text(row.get(c), decimals[c])))
              .toList());
    }
    int[] widths = new int[columns.size()];
    for (List<String> line : lines) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], line.get(c).length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> line : lines) {
      for (int c = 0; c < widths.length; c++) {
        String flag = isNumeric(c) ? "" : "-";
        out.append(("%" + flag + Math.max(1, widths[c]) + "s  ").formatted(line.get(c)));
      }
      out.setLength(out.toString().stripTrailing().length());
      out.append('\n');
    }
    return rows.size() > SHOWN_ROWS ? out + remainder() : out.toString().stripTrailing();
  }

  private static String cut(String text) {
    String line = text.replace('\n', ' ');
    return line.length() <= TEXT_WIDTH ? line : line.substring(0, TEXT_WIDTH - 3) + "...";
  }
}
