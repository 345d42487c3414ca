package dev.embedlab.chart;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A picture of numbers. A notebook shows it when it is the value of a cell; {@link #toString} is
 * its text form for consoles. Charts are immutable: every method that adds something returns a new
 * one.
 *
 * <p>
 *
 * {@snippet :
 * Chart.bars("Which model is best?", "nDCG@10").bar("BM25", 0.41, 0.40, 0.42).bar("static", 0.38, 0.37, 0.39);
 * Chart.lines("What does a dimension cost?", "dimensions", "nDCG@10").withLogX().line("PCA", x, y, low, high);
 * }
 */
public sealed interface Chart permits BarChart, XyChart, HistogramChart, HeatmapChart {

  String title();

  /** Plotly's figure: {@code data}, {@code layout} and {@code config} as maps and lists. */
  Map<String, Object> plotly();

  /** The chart as a PNG file; empty where the Java runtime cannot draw text (no fonts at all). */
  Optional<byte[]> png();

  /**
   * MIME type to content, as a Jupyter kernel sends it: Plotly, PNG and text. JupyterLab shows the
   * PNG of such a bundle and draws the live chart only when its tab is shown again; so where the
   * environment variable {@code EMBEDLAB_CHARTS} is {@code live}, as in the JupyterLab that the lab
   * command opens, the PNG is left out and the chart is live at once.
   */
  default Map<String, Object> mimeBundle() {
    Map<String, Object> bundle = new LinkedHashMap<>();
    bundle.put("application/vnd.plotly.v1+json", plotly());
    if (!"live".equals(System.getenv("EMBEDLAB_CHARTS"))) {
      png().ifPresent(image -> bundle.put("image/png", image));
    }
    bundle.put("text/plain", toString());
    return bundle;
  }

  /** Bars, one for each name. */
  static BarChart bars(String title, String yAxis) {
    return BarChart.of(title, yAxis);
  }

  /** Lines through points. */
  static XyChart lines(String title, String xAxis, String yAxis) {
    return XyChart.of(title, xAxis, yAxis);
  }

  /** Points only; the same chart as {@link #lines}, filled with {@link XyChart#points}. */
  static XyChart scatter(String title, String xAxis, String yAxis) {
    return XyChart.of(title, xAxis, yAxis);
  }

  /** How often values fall into bins of equal width. */
  static HistogramChart histogram(String title, String xAxis) {
    return HistogramChart.of(title, xAxis);
  }

  /**
   * A matrix as colours.
   *
   * @param values {@code [rows][columns]}
   */
  static HeatmapChart heatmap(
      String title,
      java.util.List<String> rows,
      java.util.List<String> columns,
      double[][] values) {
    return new HeatmapChart(title, rows, columns, values);
  }
}
