package dev.embedlab.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How values spread: the share of each series in bins of equal width.
 *
 * @param title of the chart
 * @param xAxis what the values are, with their unit
 * @param bins number of bins over the range of all series, at least 1
 * @param series name to values
 */
public record HistogramChart(String title, String xAxis, int bins, Map<String, double[]> series)
    implements Chart {

  public HistogramChart {
    if (bins < 1) {
      throw new IllegalArgumentException(
          "A histogram needs at least 1 bin, not %d.".formatted(bins));
    }
    Map<String, double[]> copy = new LinkedHashMap<>();
    series.forEach((name, values) -> copy.put(name, finite(name, values)));
    series = java.util.Collections.unmodifiableMap(copy);
  }

  private static double[] finite(String name, double[] values) {
    if (!Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "Series '%s' holds a value that is not a finite number.".formatted(name));
    }
    return values.clone();
  }

  static HistogramChart of(String title, String xAxis) {
    return new HistogramChart(title, xAxis, 40, Map.of());
  }

  /** Adds a series. */
  public HistogramChart values(String name, double... values) {
    Map<String, double[]> all = new LinkedHashMap<>(series);
    all.put(name, values);
    return new HistogramChart(title, xAxis, bins, all);
  }

  public HistogramChart withBins(int number) {
    return new HistogramChart(title, xAxis, number, series);
  }

  /** Left end of the first bin and width of every bin, over all series. */
  private record Bins(double from, double width, int count) {

    double[] centres() {
      double[] x = new double[count];
      Arrays.setAll(x, i -> from + (i + 0.5) * width);
      return x;
    }

    /** The x of an outline with four corners a bin: up the left side, down the right one. */
    double[] outlineX() {
      double[] x = new double[4 * count];
      Arrays.setAll(x, i -> from + (i / 4 + (i % 4) / 2) * width);
      return x;
    }

    /** The y of the same outline. */
    double[] outlineY(double[] shares) {
      double[] y = new double[4 * count];
      Arrays.setAll(y, i -> i % 4 == 1 || i % 4 == 2 ? shares[i / 4] : 0);
      return y;
    }

    /** Percent of the values in each bin. */
    double[] shares(double[] values) {
      double[] shares = new double[count];
      for (double v : values) {
        int bin = (int) ((v - from) / width);
        shares[Math.clamp(bin, 0, count - 1)] += 100.0 / values.length;
      }
      return shares;
    }
  }

  private Bins layOut() {
    double low = all().min().orElse(0);
    double high = all().max().orElse(1);
    double width = high > low ? (high - low) / bins : 1;
    return new Bins(low, width, bins);
  }

  private DoubleStream all() {
    return series.values().stream().flatMapToDouble(Arrays::stream);
  }

  @Override
  public Map<String, Object> plotly() {
    Bins layOut = layOut();
    List<Map<String, Object>> traces = new ArrayList<>();
    series.forEach(
        (name, values) ->
            traces.add(
                Plotly.map(
                    "type", "bar",
                    "name", name,
                    "x", Arrays.stream(layOut.centres()).boxed().toList(),
                    "y", Arrays.stream(layOut.shares(values)).boxed().toList(),
                    "width", layOut.width(),
                    "marker", Plotly.map("color", Palette.translucent(traces.size(), 0.6)))));
    Map<String, Object> layout = Plotly.layout(title, Plotly.axis(xAxis), Plotly.axis("share (%)"));
    layout.put("barmode", "overlay");
    layout.put("bargap", 0);
    layout.put("showlegend", series.size() > 1);
    return Plotly.figure(traces, layout);
  }

  @Override
  public Optional<byte[]> png() {
    if (series.isEmpty()) {
      return Optional.empty();
    }
    XYChart chart =
        new XYChartBuilder()
            .width(Png.WIDTH)
            .height(Png.HEIGHT)
            .title(title)
            .xAxisTitle(xAxis)
            .yAxisTitle("share (%)")
            .build();
    Png.style(chart.getStyler(), series.size() > 1);
    Bins layOut = layOut();
    int colour = 0;
    for (Map.Entry<String, double[]> entry : series.entrySet()) {
      double[] shares = layOut.shares(entry.getValue());
      double[] x = layOut.outlineX();
      Png.unequal(x);
      chart
          .addSeries(entry.getKey(), x, layOut.outlineY(shares))
          .setXYSeriesRenderStyle(XYSeriesRenderStyle.Area)
          .setMarker(SeriesMarkers.NONE)
          .setFillColor(Palette.faded(colour++, 0.5));
    }
    return Png.encode(chart);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(title + " (" + xAxis + ")");
    series.forEach(
        (name, values) -> {
          double[] sorted = values.clone();
          Arrays.sort(sorted);
          out.append("\n%s: n=%,d".formatted(name, sorted.length));
          if (sorted.length > 0) {
            out.append(
                ", min %s, quartiles %s %s %s, max %s"
                    .formatted(
                        Estimate.format(sorted[0]),
                        Estimate.format(sorted[sorted.length / 4]),
                        Estimate.format(sorted[sorted.length / 2]),
                        Estimate.format(sorted[sorted.length * 3 / 4]),
                        Estimate.format(sorted[sorted.length - 1])));
          }
        });
    return out.toString();
  }
}
