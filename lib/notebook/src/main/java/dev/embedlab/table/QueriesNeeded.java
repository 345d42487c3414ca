package dev.embedlab.table;

import dev.embedlab.chart.Chart;
import dev.embedlab.chart.XyChart;
import dev.embedlab.evaluate.RetrievalResult;
import dev.embedlab.statistics.Bootstrap;
import dev.embedlab.statistics.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * How a difference between two systems would have looked with fewer queries: its estimate and 95 %
 * interval on growing random subsets of the queries that both answered.
 */
public final class QueriesNeeded {

  private QueriesNeeded() {}

  /**
   * A line with intervals over the number of queries, and the line of no difference.
   *
   * @param metric that both results have
   * @param a shown as a minus b
   * @param seed of the order in which queries are added
   */
  public static XyChart chart(String metric, RetrievalResult a, RetrievalResult b, long seed) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < a.queries(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(seed));
    double[] sizes = sizes(a.queries());
    double[][] line = new double[3][sizes.length];
    for (int s = 0; s < sizes.length; s++) {
      Interval difference =
          Bootstrap.standard()
              .meanDifference(
                  first((int) sizes[s], order, a.perQuery(metric)),
                  first((int) sizes[s], order, b.perQuery(metric)));
      line[0][s] = difference.estimate();
      line[1][s] = Math.min(difference.low(), difference.estimate());
      line[2][s] = Math.max(difference.high(), difference.estimate());
    }
    String name = a.system() + " minus " + b.system();
    return Chart.lines(
            "How many queries until a difference shows?", "queries", metric + ": " + name)
        .withLogX()
        .line(name, sizes, line[0], line[1], line[2])
        .line("no difference", sizes, new double[sizes.length]);
  }

  /** 10, 20, 50, 100, ... and all. */
  private static double[] sizes(int all) {
    List<Double> sizes = new ArrayList<>();
    for (double decade = 10; decade < all; decade *= 10) {
      for (double step : new double[] {1, 2, 5}) {
        if (decade * step < all) {
          sizes.add(decade * step);
        }
      }
    }
    sizes.add((double) all);
    return sizes.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] first(int n, List<Integer> order, double[] values) {
    return order.subList(0, n).stream().mapToDouble(i -> values[i]).toArray();
  }
}
