package dev.embedlab.table;

import dev.embedlab.chart.Estimate;
import dev.embedlab.chart.XyChart;
import dev.embedlab.evaluate.RetrievalResult;
import dev.embedlab.statistics.Interval;
import java.util.Arrays;
import java.util.List;

/** Results of one system at several settings as a line with 95 % intervals. */
public final class ScoreLine {

  private ScoreLine() {}

  /**
   * @param name in the legend
   * @param metric that every result has
   * @param x {@code [results]}, the settings, for example numbers of dimensions
   * @param results in the order of {@code x}
   * @throws IllegalArgumentException if there are not as many results as settings
   */
  public static XyChart.Series of(
      String name, String metric, double[] x, List<RetrievalResult> results) {
    List<Estimate> y =
        results.stream().map(r -> r.interval(metric)).map(ScoreLine::estimate).toList();
    return new XyChart.Series(name, Arrays.stream(x).boxed().toList(), y, List.of(), true);
  }

  private static Estimate estimate(Interval interval) {
    return new Estimate(interval.estimate(), interval.low(), interval.high());
  }
}
