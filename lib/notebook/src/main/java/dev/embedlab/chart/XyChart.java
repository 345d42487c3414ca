package dev.embedlab.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines or points over a numeric axis, with error bars where points have intervals. Lines through
 * many points are drawn without markers.
 *
 * @param title of the chart
 * @param xAxis what x is, with its unit
 * @param yAxis what y is, with its unit
 * @param series in the order of the legend
 * @param logX whether x grows by factors
 * @param logY whether y grows by factors
 * @param named whether labels stand beside their points, not only under the mouse
 */
public record XyChart(
    String title,
    String xAxis,
    String yAxis,
    List<Series> series,
    boolean logX,
    boolean logY,
    boolean named)
    implements Chart {

  /** A line through more points than this has no markers. */
  private static final int MOST_MARKERS = 60;

  /**
   * One line or cloud of points.
   *
   * @param name in the legend
   * @param x {@code [points]}
   * @param y {@code [points]}
   * @param labels shown when the mouse is over a point; empty for none
   * @param connected whether a line joins the points
   */
  public record Series(
      String name, List<Double> x, List<Estimate> y, List<String> labels, boolean connected) {

    public Series {
      x = List.copyOf(x);
      y = List.copyOf(y);
      labels = List.copyOf(labels);
      if (x.size() != y.size() || (!labels.isEmpty() && labels.size() != x.size())) {
        throw new IllegalArgumentException(
            "Series '%s' has %d x, %d y and %d labels; give as many of each."
                .formatted(name, x.size(), y.size(), labels.size()));
      }
    }
  }

  public XyChart {
    series = List.copyOf(series);
  }

  static XyChart of(String title, String xAxis, String yAxis) {
    return new XyChart(title, xAxis, yAxis, List.of(), false, false, false);
  }

  /** Adds a line through exact points. */
  public XyChart line(String name, double[] x, double[] y) {
    return line(name, x, y, y, y);
  }

  /** Adds a line through points that have intervals; all arrays are {@code [points]}. */
  public XyChart line(String name, double[] x, double[] y, double[] low, double[] high) {
    return with(new Series(name, boxed(x), estimates(y, low, high), List.of(), true));
  }

  /** Adds points without a line; {@code labels} name them under the mouse, and may be empty. */
  public XyChart points(String name, double[] x, double[] y, List<String> labels) {
    return with(new Series(name, boxed(x), estimates(y, y, y), labels, false));
  }

  /** Adds a series of any kind. */
  public XyChart with(Series more) {
    List<Series> all = new ArrayList<>(series);
    all.add(more);
    return new XyChart(title, xAxis, yAxis, all, logX, logY, named);
  }

  public XyChart withLogX() {
    return new XyChart(title, xAxis, yAxis, series, true, logY, named);
  }

  public XyChart withLogY() {
    return new XyChart(title, xAxis, yAxis, series, logX, true, named);
  }

  /**
   * Writes the labels of points beside them. The picture leaves out a label that would cover
   * another one.
   */
  public XyChart withNames() {
    return new XyChart(title, xAxis, yAxis, series, logX, logY, true);
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static List<Estimate> estimates(double[] y, double[] low, double[] high) {
    List<Estimate> estimates = new ArrayList<>();
    for (int i = 0; i < y.length; i++) {
      estimates.add(new Estimate(y[i], low[i], high[i]));
    }
    return estimates;
  }

  @Override
  public Map<String, Object> plotly() {
    List<Map<String, Object>> traces = new ArrayList<>();
    for (Series s : series) {
      String color = Palette.hex(traces.size());
      Map<String, Object> trace =
          Plotly.map(
              "type", "scatter",
              "mode", mode(s),
              "name", s.name(),
              "x", s.x(),
              "y", s.y().stream().map(Estimate::value).toList(),
              "error_y", Plotly.errors(s.y()),
              "marker", Plotly.map("color", color, "size", s.connected() ? 7 : 6),
              "line", Plotly.map("color", color, "width", 2));
      if (!s.labels().isEmpty()) {
        trace.put("text", s.labels());
        trace.put("textposition", "top center");
      }
      traces.add(trace);
    }
    Map<String, Object> layout = Plotly.layout(title, axis(xAxis, logX), axis(yAxis, logY));
    layout.put("showlegend", series.size() > 1);
    return Plotly.figure(traces, layout);
  }

  private String mode(Series s) {
    String mode = !s.connected() ? "markers" : hasMarkers(s) ? "lines+markers" : "lines";
    return named && !s.labels().isEmpty() ? mode + "+text" : mode;
  }

  private static boolean hasMarkers(Series s) {
    return !s.connected() || s.x().size() <= MOST_MARKERS;
  }

  private static Map<String, Object> axis(String title, boolean log) {
    Map<String, Object> axis = Plotly.axis(title);
    axis.put("zeroline", false);
    if (log) {
      axis.put("type", "log");
    }
    return axis;
  }

  @Override
  public Optional<byte[]> png() {
    if (series.stream().allMatch(s -> s.x().isEmpty())) {
      return Optional.empty(); // XChart cannot scale an axis without a point
    }
    XYChart chart =
        new XYChartBuilder()
            .width(Png.WIDTH)
            .height(Png.HEIGHT)
            .title(title)
            .xAxisTitle(xAxis)
            .yAxisTitle(yAxis)
            .build();
    Png.style(chart.getStyler(), series.size() > 1);
    chart.getStyler().setMarkerSize(6);
    if (logX) {
      LogTicks.of(series.stream().flatMap(s -> s.x().stream())).forX(chart.getStyler());
    }
    if (logY) {
      LogTicks.of(series.stream().flatMap(s -> s.y().stream()).map(Estimate::value))
          .forY(chart.getStyler());
    }
    for (Series s : series) {
      if (!s.x().isEmpty()) {
        add(chart, s);
      }
    }
    // After all others, so that they take neither colours nor places in the legend.
    series.forEach(s -> addIntervals(chart, s));
    if (named) {
      PointNames.write(chart, series);
    }
    return Png.encode(chart);
  }

  private static final int FEW_POINTS = 12;

  private static void add(XYChart chart, Series s) {
    double[] x = s.x().stream().mapToDouble(Double::doubleValue).toArray();
    if (x.length > FEW_POINTS) {
      Png.unequal(x);
    }
    double[] y = s.y().stream().mapToDouble(Estimate::value).toArray();
    XYSeries drawn = chart.addSeries(s.name(), x, y);
    drawn.setXYSeriesRenderStyle(
        s.connected() ? XYSeriesRenderStyle.Line : XYSeriesRenderStyle.Scatter);
    if (!hasMarkers(s)) {
      drawn.setMarker(SeriesMarkers.NONE);
    }
  }

  /** XChart's error bars have two equal arms, so they stand on the middle of the interval. */
  private static void addIntervals(XYChart chart, Series s) {
    if (s.y().stream().allMatch(Estimate::isExact)) {
      return;
    }
    XYSeries bars =
        chart.addSeries(
            s.name() + " intervals",
            s.x().stream().mapToDouble(Double::doubleValue).toArray(),
            s.y().stream().mapToDouble(Estimate::middle).toArray(),
            s.y().stream().mapToDouble(Estimate::halfWidth).toArray());
    bars.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.NONE)
        .setShowInLegend(false);
  }

  /** Points beyond this many are counted, not listed, in the text form. */
  private static final int TEXT_POINTS = 25;

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("%s (%s by %s)".formatted(title, yAxis, xAxis));
    for (Series s : series) {
      out.append('\n').append(s.name()).append(':');
      int shown = Math.min(TEXT_POINTS, s.x().size());
      for (int i = 0; i < shown; i++) {
        String label = s.labels().isEmpty() ? "" : "  " + s.labels().get(i);
        out.append("\n  %-10s %s%s".formatted(Estimate.format(s.x().get(i)), s.y().get(i), label));
      }
      if (shown < s.x().size()) {
        out.append("\n  ... and %,d more points".formatted(s.x().size() - shown));
      }
    }
    return out.toString();
  }
}
