package dev.embedlab.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts that all Plotly figures share. */
final class Plotly {

  private Plotly() {}

  static Map<String, Object> figure(List<Map<String, Object>> traces, Map<String, Object> layout) {
    Map<String, Object> figure = new LinkedHashMap<>();
    figure.put("data", traces);
    figure.put("layout", layout);
    figure.put("config", Map.of("responsive", true, "displaylogo", false));
    return figure;
  }

  static Map<String, Object> layout(
      String title, Map<String, Object> xAxis, Map<String, Object> yAxis) {
    Map<String, Object> layout = new LinkedHashMap<>();
    layout.put("title", map("text", title, "x", 0.02, "xanchor", "left"));
    layout.put("xaxis", xAxis);
    layout.put("yaxis", yAxis);
    layout.put("height", 420);
    layout.put("margin", map("l", 70, "r", 20, "t", 60, "b", 60));
    layout.put("template", "none");
    layout.put("plot_bgcolor", "#ffffff");
    layout.put("paper_bgcolor", "#ffffff");
    layout.put("font", map("family", "sans-serif", "size", 13, "color", "#222222"));
    layout.put("hovermode", "closest");
    return layout;
  }

  static Map<String, Object> axis(String title) {
    return map(
        "title", map("text", title, "standoff", 10), "automargin", true, "gridcolor", "#e5e5e5");
  }

  /** Error bars from intervals; empty if every number is exact. */
  static Map<String, Object> errors(List<Estimate> estimates) {
    if (estimates.stream().allMatch(Estimate::isExact)) {
      return Map.of();
    }
    List<Double> up = new ArrayList<>();
    List<Double> down = new ArrayList<>();
    for (Estimate e : estimates) {
      up.add(e.high() - e.value());
      down.add(e.value() - e.low());
    }
    return map(
        "type",
        "data",
        "symmetric",
        false,
        "array",
        up,
        "arrayminus",
        down,
        "color",
        "#444444",
        "thickness",
        1.5,
        "width",
        5,
        "visible",
        true);
  }

  /** A map in the order written. */
  static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
