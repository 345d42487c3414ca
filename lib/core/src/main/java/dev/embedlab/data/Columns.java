package dev.embedlab.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Rows of a file of plain columns, split at tabs or at white space; quotes mean nothing. */
final class Columns extends LineRows {

  private static final Pattern SPACE = Pattern.compile("[ \t]+");

  /**
   * @param names of the columns
   * @param header whether the first line holds them and is no row
   * @param tabs whether cells are split at single tabs, else at any white space
   */
  record Layout(List<String> names, boolean header, boolean tabs) {}

  private final Function<String, Layout> chooser;
  private Layout layout;

  /**
   * @param chooser tells the layout from the first line that is not empty
   */
  Columns(Path path, Function<String, Layout> chooser) {
    super(path);
    this.chooser = chooser;
  }

  @Override
  boolean isRow(String line) {
    if (line.isBlank()) {
      return false;
    }
    if (layout != null) {
      return true;
    }
    layout = chooser.apply(line);
    return !layout.header();
  }

  @Override
  Row parse(String line) {
    String[] cells = layout.tabs() ? line.split("\t", -1) : SPACE.split(line.strip());
    List<String> names = layout.names();
    if (cells.length != names.size()) {
      throw new BadRowException(
          file(),
          number(),
          "",
          "has %d columns instead of %d (%s)"
              .formatted(cells.length, names.size(), String.join(", ", names)));
    }
    Map<String, Object> fields = LinkedHashMap.newLinkedHashMap(cells.length);
    for (int i = 0; i < cells.length; i++) {
      fields.put(names.get(i), cells[i]);
    }
    return new Row(file(), number(), fields);
  }
}
