package dev.embedlab.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Shows an {@link NDArray} in a notebook: shape, data type, device and its first numbers. Kernels
 * find it through the resource {@code META-INF/jupyter-java/renderers}.
 */
public final class ArrayRenderer {
  private static final int ROWS = 6;
  private static final int COLUMNS = 8;

  private ArrayRenderer() {}

  /**
   * @param value any value of a cell
   * @return MIME type to content, or an empty map if the value is no array
   */
  public static Map<String, Object> render(Object value) {
    if (!(value instanceof NDArray array)) {
      return Map.of();
    }
    if (array.isReleased()) {
      return Map.of("text/plain", "NDArray, closed: its numbers are gone");
    }
    String title = "shape %s, %s, %s".formatted(shape(array), type(array), array.getDevice());
    List<List<String>> head = head(array);
    String note = note(array.getShape(), head);
    Map<String, Object> bundle = new LinkedHashMap<>();
    bundle.put("text/html", html(title, head, note));
    bundle.put("text/plain", text(title, head, note));
    return bundle;
  }

  private static String shape(NDArray array) {
    return array.getShape().toString().replace(",)", ")");
  }

  private static String type(NDArray array) {
    return array.getDataType().name().toLowerCase(Locale.ROOT);
  }

  /** The first rows and columns of the first matrix in the array. */
  private static List<List<String>> head(NDArray array) {
    Shape shape = array.getShape();
    boolean numbers = array.getDataType().isInteger() || array.getDataType().isFloating();
    boolean readable = numbers || array.getDataType() == DataType.BOOLEAN;
    // PyTorch's bindings end the process when they convert bfloat16.
    if (!readable || shape.size() == 0 || array.getDataType() == DataType.BFLOAT16) {
      return List.of();
    }
    if (shape.dimension() == 0) {
      return List.of(values(array));
    }
    // A slice is copied before it is read, and the copy belongs to the slice's manager.
    try (NDManager own = array.getManager().newSubManager()) {
      NDArray cut = array.get(own, firstMatrix(shape));
      List<String> all = values(cut);
      int width = (int) cut.getShape().get(cut.getShape().dimension() - 1);
      return IntStream.range(0, all.size() / width)
          .mapToObj(row -> all.subList(row * width, (row + 1) * width))
          .toList();
    }
  }

  private static NDIndex firstMatrix(Shape shape) {
    List<String> parts = new ArrayList<>();
    int last = shape.dimension() - 1;
    for (int axis = 0; axis <= last; axis++) {
      int kept = axis == last ? COLUMNS : ROWS;
      parts.add(axis < last - 1 ? "0" : "0:" + Math.min(kept, shape.get(axis)));
    }
    return new NDIndex(String.join(",", parts));
  }

  private static List<String> values(NDArray array) {
    if (array.getDataType() == DataType.BOOLEAN) {
      boolean[] flags = array.toBooleanArray();
      return IntStream.range(0, flags.length).mapToObj(i -> String.valueOf(flags[i])).toList();
    }
    return Arrays.stream(array.toArray()).map(ArrayRenderer::number).toList();
  }

  private static String number(Number value) {
    return value instanceof Float || value instanceof Double
        ? String.format(Locale.ROOT, "%.4f", value.doubleValue())
        : value.toString();
  }

  /** What of the array is not shown. */
  private static String note(Shape shape, List<List<String>> head) {
    long shown = head.stream().mapToLong(List::size).sum();
    if (shown == shape.size()) {
      return "";
    }
    if (head.isEmpty()) {
      return shape.size() + " elements not shown";
    }
    int outer = Math.max(0, shape.dimension() - 2);
    long matrices = LongStream.of(shape.getShape()).limit(outer).reduce(1, (a, b) -> a * b);
    String which = matrices > 1 ? " of the first of %,d matrices".formatted(matrices) : "";
    return "%,d of %,d elements%s".formatted(shown, shape.size(), which);
  }

  private static String text(String title, List<List<String>> head, String note) {
    StringBuilder text = new StringBuilder("NDArray: ").append(title);
    head.forEach(row -> text.append("\n[").append(String.join(", ", row)).append(']'));
    return text.append(note.isEmpty() ? "" : "\n" + note).toString();
  }

  private static String html(String title, List<List<String>> head, String note) {
    String rows =
        head.stream()
            .map(
                row ->
                    row.stream()
                        .map(cell -> "<td>" + cell + "</td>")
                        .collect(Collectors.joining("", "<tr>", "</tr>")))
            .collect(Collectors.joining());
    return "<div>NDArray: %s</div>%s%s"
        .formatted(
            title,
            rows.isEmpty() ? "" : "<table>" + rows + "</table>",
            note.isEmpty() ? "" : "<div>" + note + "</div>");
  }
}
