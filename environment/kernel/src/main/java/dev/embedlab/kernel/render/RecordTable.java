package dev.embedlab.kernel.render;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collections and maps of records as a table: one row a record, one column a component. */
final class RecordTable {
  private static final int MAX_ROWS = 100;

  private RecordTable() {}

  /** True for records of one class. */
  static boolean fits(Collection<?> rows) {
    if (rows.isEmpty()) {
      return false;
    }
    Object first = rows.iterator().next();
    return first instanceof Record
        && first.getClass().getRecordComponents().length > 0
        && rows.stream().allMatch(row -> row != null && row.getClass() == first.getClass());
  }

  static Map<String, Object> of(Collection<?> rows) {
    List<List<String>> cells = new ArrayList<>();
    for (Object row : rows.stream().limit(MAX_ROWS).toList()) {
      cells.add(values(row));
    }
    return bundle(header(rows), cells, rows.size());
  }

  static Map<String, Object> of(Map<?, ?> entries) {
    List<String> header = new ArrayList<>(List.of("key"));
    header.addAll(header(entries.values()));
    List<List<String>> cells = new ArrayList<>();
    entries.entrySet().stream()
        .limit(MAX_ROWS)
        .forEach(
            entry -> {
              List<String> row = new ArrayList<>(List.of(String.valueOf(entry.getKey())));
              row.addAll(values(entry.getValue()));
              cells.add(row);
            });
    return bundle(header, cells, entries.size());
  }

  private static List<String> header(Collection<?> rows) {
    return Arrays.stream(rows.iterator().next().getClass().getRecordComponents())
        .map(RecordComponent::getName)
        .toList();
  }

  private static List<String> values(Object row) {
    List<String> values = new ArrayList<>();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      values.add(PlainText.of(Renderer.invoke(component.getAccessor(), row)));
    }
    return values;
  }

  private static Map<String, Object> bundle(
      List<String> header, List<List<String>> cells, int total) {
    String note =
        total > cells.size() ? total - cells.size() + " of " + total + " rows not shown" : "";
    StringBuilder html = new StringBuilder("<table><thead><tr>");
    header.forEach(name -> html.append("<th>").append(escape(name)).append("</th>"));
    html.append("</tr></thead><tbody>");
    for (List<String> row : cells) {
      html.append("<tr>");
      row.forEach(value -> html.append("<td>").append(escape(value)).append("</td>"));
      html.append("</tr>");
    }
    html.append("</tbody></table>").append(note.isEmpty() ? "" : "<p>" + note + "</p>");
    StringBuilder text = new StringBuilder(String.join("  ", header));
    cells.forEach(row -> text.append('\n').append(String.join("  ", row)));
    text.append(note.isEmpty() ? "" : "\n" + note);
    Map<String, Object> bundle = new LinkedHashMap<>();
    bundle.put("text/html", html.toString());
    bundle.put("text/plain", text.toString());
    return bundle;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
