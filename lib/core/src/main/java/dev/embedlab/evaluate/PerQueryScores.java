package dev.embedlab.evaluate;

import dev.embedlab.statistics.Bootstrap;
import dev.embedlab.statistics.Interval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The values of several metrics on every query of one system, with the intervals of the means. */
public final class PerQueryScores {

  private final String system;
  private final List<String> queryIds;
  private final Map<String, double[]> values;
  private final Bootstrap bootstrap;
  private final Map<String, Interval> intervals = new ConcurrentHashMap<>();

  private PerQueryScores(
      String system, List<String> queryIds, Map<String, double[]> values, Bootstrap bootstrap) {
    this.system = system;
    this.queryIds = queryIds;
    this.values = values;
    this.bootstrap = bootstrap;
  }

  /**
   * @param system name, as tables show it
   * @param queryIds {@code [queries]}
   * @param values metric name to {@code [queries]}; the first metric is the main score
   * @param bootstrap of the intervals, each of which is made when it is first asked for
   */
  public static PerQueryScores of(
      String system, List<String> queryIds, Map<String, double[]> values, Bootstrap bootstrap) {
    Map<String, double[]> copies = new LinkedHashMap<>();
    values.forEach(
        (metric, array) -> {
          if (array.length != queryIds.size()) {
            throw new IllegalArgumentException(
                "Metric '%s' has %d values for %d queries."
                    .formatted(metric, array.length, queryIds.size()));
          }
          copies.put(metric, array.clone());
        });
    return new PerQueryScores(system, List.copyOf(queryIds), copies, bootstrap);
  }

  PerQueryScores named(String name) {
    return new PerQueryScores(name, queryIds, values, bootstrap);
  }

  public String system() {
    return system;
  }

  public List<String> queryIds() {
    return queryIds;
  }

  /** Names of the metrics; the first is the main score. */
  public Set<String> metrics() {
    return Collections.unmodifiableSet(values.keySet());
  }

  public String mainMetric() {
    return values.keySet().iterator().next();
  }

  /** {@code [queries]} in the order of {@link #queryIds()}. */
  public double[] values(String metric) {
    return required(values, metric).clone();
  }

  /** The value of one query. */
  public double value(String metric, String queryId) {
    int at = queryIds.indexOf(queryId);
    if (at < 0) {
      throw new IllegalArgumentException("There is no query '%s' here.".formatted(queryId));
    }
    return required(values, metric)[at];
  }

  public double mean(String metric) {
    return Bootstrap.average(required(values, metric));
  }

  public Interval interval(String metric) {
    double[] ofMetric = required(values, metric);
    return intervals.computeIfAbsent(metric, name -> bootstrap.mean(ofMetric));
  }

  private static <T> T required(Map<String, T> map, String metric) {
    T found = map.get(metric);
    if (found == null) {
      throw new IllegalArgumentException(
          "There is no metric '%s' here; there are %s.".formatted(metric, map.keySet()));
    }
    return found;
  }
}
