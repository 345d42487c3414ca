package dev.embedlab.display;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.IChart;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;

/**
 * Shows the types of other libraries, found by kernels through the resource {@code
 * META-INF/jupyter-java/renderers}: Tablesaw tables, jsplot figures, XChart charts, images, and
 * lists and maps of records.
 */
public final class Renderers {

  private Renderers() {}

  /**
   * @param value any value of a cell
   * @return MIME type to content, or an empty map if the value is of none of these types
   */
  public static Map<String, Object> render(Object value) {
    try {
      return switch (value) {
        case Table table -> grid(table).mimeBundle();
        case Figure figure -> JsPlot.bundle(figure);
        case IChart chart -> image(ChartEncoder.getBytes(chart, "png"), "chart");
        case BufferedImage image ->
            image(png(image), "image %d x %d".formatted(image.getWidth(), image.getHeight()));
        case Collection<?> all when isRecords(all) -> grid(all).mimeBundle();
        case Map<?, ?> map when isRecords(map.values()) -> grid(map).mimeBundle();
        case null, default -> Map.of();
      };
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("This jsplot figure is not a Plotly figure.", e);
    } catch (IOException e) {
      throw new IllegalStateException("This value could not be drawn as an image.", e);
    }
  }

  /** A Tablesaw table as a {@link Grid}. */
  public static Grid grid(Table table) {
    List<List<Object>> rows = new ArrayList<>();
    for (Row row : table) {
      List<Object> cells = new ArrayList<>();
      for (String column : table.columnNames()) {
        cells.add(table.column(column).isMissing(row.getRowNumber()) ? "" : row.getObject(column));
      }
      rows.add(cells);
    }
    return new Grid(table.columnNames(), rows);
  }

  private static boolean isRecords(Collection<?> values) {
    Object first = values.isEmpty() ? null : values.iterator().next();
    return first instanceof Record
        && !hasOwnForm(first)
        && values.stream().allMatch(v -> v != null && v.getClass() == first.getClass());
  }

  private static boolean hasOwnForm(Object value) {
    return Arrays.stream(value.getClass().getMethods())
        .anyMatch(m -> m.getName().equals("mimeBundle") && m.getParameterCount() == 0);
  }

  private static Grid grid(Collection<?> records) {
    List<List<Object>> rows = new ArrayList<>();
    records.forEach(r -> rows.add(cells(r)));
    return new Grid(names(records.iterator().next()), rows);
  }

  private static Grid grid(Map<?, ?> records) {
    List<String> columns = new ArrayList<>(List.of(""));
    columns.addAll(names(records.values().iterator().next()));
    List<List<Object>> rows = new ArrayList<>();
    records.forEach(
        (key, r) -> {
          List<Object> row = new ArrayList<>();
          row.add(key);
          row.addAll(cells(r));
          rows.add(row);
        });
    return new Grid(columns, rows);
  }

  private static List<String> names(Object record) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .map(RecordComponent::getName)
        .toList();
  }

  private static List<Object> cells(Object record) {
    List<Object> cells = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        var accessor = component.getAccessor();
        accessor.setAccessible(true); // records of a notebook live in a class that is not exported
        cells.add(accessor.invoke(record));
      } catch (ReflectiveOperationException e) {
        cells.add("(" + e.getClass().getSimpleName() + ")");
      }
    }
    return cells;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static Map<String, Object> image(byte[] png, String text) {
    Map<String, Object> bundle = new LinkedHashMap<>();
    bundle.put("image/png", png);
    bundle.put("text/plain", text);
    return bundle;
  }
}
