package dev.embedlab.evaluate.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Means of the scores of several runs, with the runs beside them as MTEB writes them. */
final class Means {

  private Means() {}

  static Map<String, Object> of(List<Map<String, Object>> runs) {
    Map<String, Object> means = new LinkedHashMap<>();
    means.put("scores_per_experiment", runs);
    for (String metric : runs.getFirst().keySet()) {
      means.put(
          metric,
          runs.stream().mapToDouble(run -> (double) run.get(metric)).average().orElseThrow());
    }
    return means;
  }

  /** Population standard deviation, NumPy's default. */
  static double deviation(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("There are no values to take the deviation of.");
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }
}
