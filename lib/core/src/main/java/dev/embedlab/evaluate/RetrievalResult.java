package dev.embedlab.evaluate;

import dev.embedlab.data.Run;
import dev.embedlab.statistics.Interval;
import java.util.Locale;

/**
 * What one search system scored.
 *
 * @param run what it returned
 * @param scores per query, with intervals
 * @param unansweredQueries judged queries for which it returned nothing
 * @param seconds the search took; 0 if it was not timed
 * @param provenance data and parameters
 */
public record RetrievalResult(
    Run run, PerQueryScores scores, int unansweredQueries, double seconds, Provenance provenance) {

  public String system() {
    return scores.system();
  }

  public int queries() {
    return scores.queryIds().size();
  }

  public double mean(String metric) {
    return scores.mean(metric);
  }

  public Interval interval(String metric) {
    return scores.interval(metric);
  }

  /** {@code [queries]} values of a metric. */
  public double[] perQuery(String metric) {
    return scores.values(metric);
  }

  /** The mean of the first metric. */
  public double mainScore() {
    return mean(scores.mainMetric());
  }

  /** Queries answered in a second; 0 if the search was not timed. */
  public double queriesPerSecond() {
    return seconds == 0 ? 0 : queries() / seconds;
  }

  RetrievalResult named(String name) {
    return new RetrievalResult(run, scores.named(name), unansweredQueries, seconds, provenance);
  }

  RetrievalResult tookSeconds(double value) {
    return new RetrievalResult(run, scores, unansweredQueries, value, provenance);
  }

  /** A table of the metrics with their intervals. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s on %s%s, %,d queries%n",
            system(),
            provenance.dataset(),
            provenance.split().isEmpty() ? "" : "/" + provenance.split(),
            queries()));
    for (String metric : scores.metrics()) {
      text.append(String.format("  %-14s %s%n", metric, interval(metric)));
    }
    if (unansweredQueries > 0) {
      text.append("  ! ").append(unansweredQueries).append(" queries were not answered.\n");
    }
    return text.toString().stripTrailing();
  }
}
