package dev.embedlab.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Rows of a file of plain columns, split at tabs or at white space; quotes mean nothing. */
final class Columns implements RowReader {

  private static final Pattern SPACE = Pattern.compile("[ \t]+");

  /**
   * @param names of the columns
   * @param header whether the first line holds them and is no row
   * @param tabs whether cells are split at single tabs, else at any white space
   */
  record Layout(List<String> names, boolean header, boolean tabs) {}

  private final Lines lines;
  private final Function<String, Layout> chooser;
  private Layout layout;
  private String pending;
  private BadRowException failure;

  /**
   * @param chooser tells the layout from the first line that is not empty
   */
  Columns(Path path, Function<String, Layout> chooser) {
    this.lines = Lines.open(path);
    this.chooser = chooser;
  }

  @Override
  public boolean hasNext() {
    while (pending == null && failure == null && lines.hasNext()) {
      try {
        String line = lines.next();
        pending = line.isBlank() || isHeader(line) ? null : line;
      } catch (BadRowException e) {
        failure = e;
      }
    }
    return pending != null || failure != null;
  }

  private boolean isHeader(String line) {
    if (layout != null) {
      return false;
    }
    layout = chooser.apply(line);
    return layout.header();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more rows in " + lines.file());
    }
    String line = pending;
    BadRowException refused = failure;
    pending = null;
    failure = null;
    if (refused != null) {
      throw refused;
    }
    return split(line);
  }

  private Row split(String line) {
    String[] cells = layout.tabs() ? line.split("\t", -1) : SPACE.split(line.strip());
    List<String> names = layout.names();
    if (cells.length != names.size()) {
      throw new BadRowException(
          lines.file(),
          lines.number(),
          "",
          "has %d columns instead of %d (%s)"
              .formatted(cells.length, names.size(), String.join(", ", names)));
    }
    Map<String, Object> fields = LinkedHashMap.newLinkedHashMap(cells.length);
    for (int i = 0; i < cells.length; i++) {
      fields.put(names.get(i), cells[i]);
    }
    return new Row(lines.file(), lines.number(), fields);
  }

  @Override
  public void close() {
    lines.close();
  }
}
