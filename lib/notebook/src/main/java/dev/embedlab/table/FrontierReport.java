package dev.embedlab.table;

import dev.embedlab.chart.Chart;
import dev.embedlab.chart.Estimate;
import dev.embedlab.chart.XyChart;
import dev.embedlab.frontier.FrontierResult;
import dev.embedlab.frontier.Point;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Shows a {@link FrontierResult} as a table and as a chart. */
public final class FrontierReport {

  private FrontierReport() {}

  /**
   * One row a setting, in the order measured; a star marks Pareto points, an equals sign settings
   * that are not significantly worse than the best.
   */
  public static Table table(FrontierResult result) {
    List<Point> pareto = result.pareto();
    StringColumn marks = StringColumn.create("");
    StringColumn index = StringColumn.create("index");
    IntColumn dimension = IntColumn.create("dimensions");
    DoubleColumn quality = DoubleColumn.create(result.metric());
    StringColumn interval = StringColumn.create("95 % interval");
    DoubleColumn bytes = DoubleColumn.create("bytes/vector");
    DoubleColumn megabytes = DoubleColumn.create("MB/million");
    DoubleColumn build = DoubleColumn.create("build s");
    DoubleColumn p50 = DoubleColumn.create("p50 ms");
    DoubleColumn p95 = DoubleColumn.create("p95 ms");
    DoubleColumn p99 = DoubleColumn.create("p99 ms");
    DoubleColumn rate = DoubleColumn.create("queries/s");
    for (Point point : result.points()) {
      marks.append((pareto.contains(point) ? "*" : "") + (result.isTied(point) ? "=" : ""));
      index.append(point.index());
      dimension.append(point.dimension());
      quality.append(point.quality().estimate());
      interval.append(
          String.format(
              Locale.ROOT, "%.3f to %.3f", point.quality().low(), point.quality().high()));
      bytes.append(rounded(point.bytesPerVector()));
      megabytes.append(rounded(point.megabytesPerMillion()));
      build.append(rounded(point.buildSeconds()));
      p50.append(rounded(point.latency().p50()));
      p95.append(rounded(point.latency().p95()));
      p99.append(rounded(point.latency().p99()));
      rate.append(Math.rint(point.queriesPerSecond()));
    }
    return Table.create(
        "frontier",
        marks,
        dimension,
        index,
        quality,
        interval,
        bytes,
        megabytes,
        build,
        p50,
        p95,
        p99,
        rate);
  }

  /** Quality with interval over bytes; what each point is stands under the mouse. */
  public static Chart chart(FrontierResult result) {
    List<Point> pareto =
        result.pareto().stream().sorted(Comparator.comparingDouble(Point::bytesPerVector)).toList();
    List<Point> others = result.points().stream().filter(p -> !pareto.contains(p)).toList();
    XyChart chart =
        Chart.scatter("What does a byte buy?", "bytes per vector", result.metric()).withLogX();
    chart = chart.with(series("Pareto points", pareto));
    if (!others.isEmpty()) {
      chart = chart.with(series("beaten by another", others));
    }
    if (result.advice().isEmpty()) {
      return chart;
    }
    return chart.with(series("advice", List.of(result.advice().orElseThrow())));
  }

  /** A line of quality with intervals over dimensions. */
  public static XyChart.Series byDimension(String name, FrontierResult result) {
    return line(
        name,
        result.points().stream().sorted(Comparator.comparingInt(Point::dimension)).toList(),
        Point::dimension);
  }

  /** A line of quality with intervals over the median milliseconds of one query, as measured. */
  public static XyChart.Series byLatency(String name, FrontierResult result) {
    return line(name, result.points(), p -> p.latency().p50());
  }

  private static XyChart.Series line(String name, List<Point> points, ToDoubleFunction<Point> x) {
    return new XyChart.Series(
        name,
        points.stream().map(p -> x.applyAsDouble(p)).toList(),
        points.stream().map(FrontierReport::estimate).toList(),
        points.stream().map(FrontierReport::label).toList(),
        true);
  }

  private static XyChart.Series series(String name, List<Point> points) {
    return new XyChart.Series(
        name,
        points.stream().map(Point::bytesPerVector).toList(),
        points.stream().map(FrontierReport::estimate).toList(),
        points.stream().map(FrontierReport::label).toList(),
        false);
  }

  private static String label(Point point) {
    return "%d dimensions, %s, %.2f ms"
        .formatted(point.dimension(), point.index(), point.latency().p50());
  }

  private static Estimate estimate(Point point) {
    var quality = point.quality();
    return new Estimate(quality.estimate(), quality.low(), quality.high());
  }

  private static double rounded(double value) {
    double unit = value < 10 ? 1000 : 10;
    return Math.rint(value * unit) / unit;
  }
}
