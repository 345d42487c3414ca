package dev.embedlab.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Rows of a CSV or TSV file. The first line names the columns, else they are numbered: {@code
 * column 1} and so on. CSV follows RFC 4180: quoted cells may hold separators, line ends and
 * doubled quotes. In TSV quotes mean nothing, as in most data sets with text.
 */
final class Delimited implements RowReader {

  /** What the name of a column begins with that has none. */
  static final String NUMBERED = "column ";

  private static final int LONGEST_ROW = 16 << 20;

  private final Lines lines;
  private final char separator;
  private final boolean quoted;
  private List<String> names = List.of();
  private List<String> pending = List.of();

  /**
   * @param isHeader whether cells of the first line name the columns
   */
  Delimited(Path path, char separator, boolean quoted, Predicate<List<String>> isHeader) {
    this.lines = Lines.open(path);
    this.separator = separator;
    this.quoted = quoted;
    try {
      readHeader(isHeader);
    } catch (RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  private void readHeader(Predicate<List<String>> isHeader) {
    if (!lines.hasNext()) {
      throw new BadRowException(
          lines.file(), 0, "", "is empty; the first line must name the columns");
    }
    List<String> first = cells();
    names = first.stream().map(String::strip).toList();
    if (!isHeader.test(names)) {
      pending = first;
      names = IntStream.rangeClosed(1, first.size()).mapToObj(i -> NUMBERED + i).toList();
    }
    if (new LinkedHashSet<>(names).size() < names.size()) {
      throw new BadRowException(
          lines.file(), 1, "", "names a column twice: " + String.join(", ", names));
    }
  }

  @Override
  public boolean hasNext() {
    return !pending.isEmpty() || lines.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more rows in " + lines.file());
    }
    long first = pending.isEmpty() ? lines.number() + 1 : 1;
    List<String> cells = pending.isEmpty() ? cells() : pending;
    pending = List.of();
    if (cells.size() != names.size()) {
      throw new BadRowException(
          lines.file(),
          first,
          "",
          "has %d columns instead of %d (%s)"
              .formatted(cells.size(), names.size(), String.join(", ", names)));
    }
    Map<String, Object> fields = LinkedHashMap.newLinkedHashMap(cells.size());
    for (int i = 0; i < cells.size(); i++) {
      fields.put(names.get(i), cells.get(i));
    }
    return new Row(lines.file(), first, fields);
  }

  private List<String> cells() {
    String line = lines.next();
    return quoted ? quotedCells(line) : plainCells(line);
  }

  private List<String> plainCells(String line) {
    List<String> cells = new ArrayList<>();
    int start = 0;
    for (int at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, start)) {
      cells.add(line.substring(start, at));
      start = at + 1;
    }
    cells.add(line.substring(start));
    return cells;
  }

  private List<String> quotedCells(String first) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    String line = first;
    long firstNumber = lines.number();
    boolean inside = false;
    for (int i = 0; ; i++) {
      if (i >= line.length()) {
        if (!inside) {
          cells.add(cell.toString());
          return cells;
        }
        line = continuation(cell, firstNumber);
        i = -1;
        continue;
      }
      char c = line.charAt(i);
      if (inside && c == '"') {
        boolean doubled = i + 1 < line.length() && line.charAt(i + 1) == '"';
        inside = doubled;
        i += doubled ? 1 : 0;
        cell.append(doubled ? "\"" : "");
      } else if (!inside && c == '"' && cell.isEmpty()) {
        inside = true;
      } else if (!inside && c == separator) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
  }

  private String continuation(StringBuilder cell, long firstNumber) {
    if (!lines.hasNext() || cell.length() > LONGEST_ROW) {
      throw new BadRowException(
          lines.file(), firstNumber, "", "has a quote that is never closed; double quotes inside");
    }
    cell.append('\n');
    return lines.next();
  }

  @Override
  public void close() {
    lines.close();
  }
}
