package dev.embedlab.chart;

import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;

/**
 * A matrix as colours, from light to dark.
 *
 * @param title of the chart
 * @param rows names, top to bottom
 * @param columns names, left to right
 * @param values {@code [rows][columns]}
 */
public record HeatmapChart(String title, List<String> rows, List<String> columns, double[][] values)
    implements Chart {

  public HeatmapChart {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    int width = columns.size();
    if (values.length != rows.size() || Arrays.stream(values).anyMatch(r -> r.length != width)) {
      throw new IllegalArgumentException(
          "The matrix must be [%d][%d] as its names are.".formatted(rows.size(), width));
    }
    values = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
  }

  @Override
  public Map<String, Object> plotly() {
    List<List<Double>> z =
        Arrays.stream(values).map(row -> Arrays.stream(row).boxed().toList()).toList();
    List<List<String>> text =
        z.stream().map(row -> row.stream().map(Estimate::format).toList()).toList();
    Map<String, Object> trace =
        Plotly.map(
            "type",
            "heatmap",
            "x",
            columns,
            "y",
            rows,
            "z",
            z,
            "text",
            text,
            "texttemplate",
            columns.size() <= 12 ? "%{text}" : "",
            "colorscale",
            "Blues",
            "reversescale",
            false,
            "xgap",
            1,
            "ygap",
            1);
    Map<String, Object> y = Plotly.map("autorange", "reversed", "automargin", true);
    Map<String, Object> layout =
        Plotly.layout(title, Plotly.map("automargin", true, "side", "bottom"), y);
    return Plotly.figure(List.of(trace), layout);
  }

  @Override
  public Optional<byte[]> png() {
    if (rows.isEmpty() || columns.isEmpty()) {
      return Optional.empty();
    }
    HeatMapChart chart =
        new HeatMapChartBuilder().width(Png.WIDTH).height(Png.HEIGHT).title(title).build();
    Png.style(chart.getStyler(), true);
    chart.getStyler().setRangeColors(new Color[] {new Color(0xF7FBFF), new Color(0x6BAED6)});
    chart.getStyler().setShowValue(columns.size() <= 12);
    chart.getStyler().setHeatMapValueDecimalPattern("0.00");
    chart.getStyler().setXAxisTickMarkSpacingHint(20); // a name for every row: it is used for both
    Png.fit(columns, chart.getStyler());
    List<Number[]> cells = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < columns.size(); column++) {
        // XChart counts rows from the bottom.
        cells.add(new Number[] {column, rows.size() - 1 - row, rounded(values[row][column])});
      }
    }
    chart.addSeries(title, columns, rows.reversed(), cells);
    return Png.encode(chart);
  }

  /** To three digits: the ends of the colour scale are written with all digits they have. */
  private static double rounded(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(3)).doubleValue()
        : value;
  }

  @Override
  public String toString() {
    int width = Math.max(8, columns.stream().mapToInt(String::length).max().orElse(0) + 2);
    int head = rows.stream().mapToInt(String::length).max().orElse(0) + 1;
    StringBuilder out = new StringBuilder(title).append('\n').repeat(' ', head);
    columns.forEach(c -> out.append(("%" + width + "s").formatted(c)));
    for (int row = 0; row < rows.size(); row++) {
      out.append('\n').append(("%-" + head + "s").formatted(rows.get(row)));
      for (double v : values[row]) {
        out.append(("%" + width + "s").formatted(Estimate.format(v)));
      }
    }
    return out.toString();
  }
}
