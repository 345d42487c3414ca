package dev.embedlab.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Bars with error bars, side by side if there are several groups.
 *
 * @param title of the chart
 * @param yAxis what is measured, with its unit
 * @param groups group to name to number; a chart without groups has the one group ""
 */
public record BarChart(String title, String yAxis, Map<String, Map<String, Estimate>> groups)
    implements Chart {

  private static final int TEXT_WIDTH = 40;

  public BarChart {
    groups = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(groups));
  }

  static BarChart of(String title, String yAxis) {
    return new BarChart(title, yAxis, Map.of());
  }

  /** Adds a bar for an exact number. */
  public BarChart bar(String name, double value) {
    return bar("", name, Estimate.exact(value));
  }

  /** Adds a bar with the interval from low to high. */
  public BarChart bar(String name, double value, double low, double high) {
    return bar("", name, new Estimate(value, low, high));
  }

  /** Adds a bar to a group; groups have a colour each and stand side by side at every name. */
  public BarChart bar(String group, String name, Estimate estimate) {
    Map<String, Map<String, Estimate>> copy = new LinkedHashMap<>(groups);
    Map<String, Estimate> bars = new LinkedHashMap<>(copy.getOrDefault(group, Map.of()));
    bars.put(name, estimate);
    copy.put(group, bars);
    return new BarChart(title, yAxis, copy);
  }

  private List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    groups.values().forEach(bars -> names.addAll(bars.keySet()));
    return List.copyOf(names);
  }

  private boolean isGrouped() {
    return groups.size() > 1;
  }

  @Override
  public Map<String, Object> plotly() {
    List<Map<String, Object>> traces = new ArrayList<>();
    groups.forEach(
        (group, bars) -> {
          List<Estimate> estimates = List.copyOf(bars.values());
          Map<String, Object> trace =
              Plotly.map(
                  "type", "bar",
                  "name", group,
                  "x", List.copyOf(bars.keySet()),
                  "y", estimates.stream().map(Estimate::value).toList(),
                  "error_y", Plotly.errors(estimates),
                  "marker", Plotly.map("color", colors(traces.size(), bars.size())),
                  "hovertext", estimates.stream().map(Estimate::toString).toList(),
                  "hoverinfo", "x+text");
          traces.add(trace);
        });
    Map<String, Object> yAxisMap = Plotly.axis(yAxis);
    yAxisMap.put("rangemode", "tozero");
    Map<String, Object> layout =
        Plotly.layout(title, Plotly.map("type", "category", "automargin", true), yAxisMap);
    layout.put("barmode", "group");
    layout.put("showlegend", isGrouped());
    return Plotly.figure(traces, layout);
  }

  /** One colour a group; without groups, one colour a bar. */
  private Object colors(int group, int bars) {
    return isGrouped()
        ? Palette.hex(group)
        : IntStream.range(0, bars).mapToObj(Palette::hex).toList();
  }

  @Override
  public Optional<byte[]> png() {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(Png.WIDTH)
            .height(Png.HEIGHT)
            .title(title)
            .yAxisTitle(yAxis)
            .build();
    Png.style(chart.getStyler(), isGrouped());
    chart.getStyler().setAvailableSpaceFill(isGrouped() ? 0.8 : 0.5);
    chart.getStyler().setOverlapped(!isGrouped());
    List<String> names = names();
    Png.fit(names, chart.getStyler());
    if (isGrouped()) {
      groups.forEach((group, bars) -> addSeries(chart, group, names, bars));
    } else {
      // XChart colours by series: a series for each bar, overlapping, gives each bar its colour.
      groups.forEach(
          (group, bars) ->
              bars.forEach(
                  (name, e) ->
                      addSeries(chart, name, names, Map.of(name, Estimate.exact(e.value())))));
      groups.values().forEach(bars -> addIntervals(chart, names, bars));
    }
    return Png.encode(chart);
  }

  /** XChart's error bars have two equal arms, so they stand on the middle of the interval. */
  private static void addIntervals(
      CategoryChart chart, List<String> names, Map<String, Estimate> bars) {
    if (bars.values().stream().allMatch(Estimate::isExact)) {
      return;
    }
    List<Estimate> all = names.stream().map(bars::get).toList();
    chart
        .addSeries(
            " intervals",
            names,
            all.stream().map(Estimate::middle).toList(),
            all.stream().map(Estimate::halfWidth).toList())
        .setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.NONE)
        .setShowInLegend(false);
  }

  private static void addSeries(
      CategoryChart chart, String series, List<String> names, Map<String, Estimate> bars) {
    List<Double> values = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (String name : names) {
      Estimate e = bars.get(name);
      values.add(e == null ? null : e.value());
      errors.add(e == null ? null : e.reach());
    }
    boolean exact = bars.values().stream().allMatch(Estimate::isExact);
    if (exact) {
      chart.addSeries(series, names, values);
    } else {
      chart.addSeries(series, names, values, errors);
    }
  }

  @Override
  public String toString() {
    double most =
        groups.values().stream()
            .flatMap(bars -> bars.values().stream())
            .mapToDouble(e -> Math.abs(e.value()))
            .max()
            .orElse(1);
    int width = names().stream().mapToInt(String::length).max().orElse(0);
    return groups.entrySet().stream()
        .map(group -> text(group.getKey(), group.getValue(), most, width))
        .collect(Collectors.joining("\n", title + " (" + yAxis + ")\n", ""));
  }

  private static String text(String group, Map<String, Estimate> bars, double most, int width) {
    String head = group.isEmpty() ? "" : group + "\n";
    return bars.entrySet().stream()
        .map(
            bar -> {
              Estimate e = bar.getValue();
              int length =
                  most == 0 ? 0 : (int) Math.round(TEXT_WIDTH * Math.abs(e.value()) / most);
              return ("%-" + Math.max(1, width) + "s  %-24s %s")
                  .formatted(bar.getKey(), e, "█".repeat(length));
            })
        .collect(Collectors.joining("\n", head, ""));
  }
}
