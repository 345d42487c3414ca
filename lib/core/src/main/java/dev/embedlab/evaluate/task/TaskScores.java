package dev.embedlab.evaluate.task;

import dev.embedlab.statistics.Interval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a model scored on a task.
 *
 * @param task name
 * @param type of the task
 * @param mainMetric name of the main score
 * @param interval the main score with its 95 % bootstrap interval
 * @param scores by MTEB's names; values are numbers, lists or maps, as its result files hold them
 */
public record TaskScores(
    String task, TaskType type, String mainMetric, Interval interval, Map<String, Object> scores) {

  public TaskScores {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }

  public double mainScore() {
    return interval.estimate();
  }

  /**
   * A score by name.
   *
   * @throws IllegalArgumentException if there is no such number
   */
  public double score(String metric) {
    if (scores.get(metric) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(
        "There is no score '%s' here; there are %s.".formatted(metric, scores.keySet()));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s: %s = %s", task, mainMetric, interval);
  }
}
