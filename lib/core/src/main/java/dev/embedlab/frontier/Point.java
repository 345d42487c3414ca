package dev.embedlab.frontier;

import dev.embedlab.statistics.Interval;

/**
 * One setting and what it gives and takes.
 *
 * @param setting name, unique in a frontier
 * @param dimension of the vectors indexed
 * @param index name of the index
 * @param quality mean of the metric with its interval
 * @param perQuery {@code [queries]} values of the metric
 * @param bytesPerVector all of the index divided by the number of vectors
 * @param buildSeconds time to reduce, train and build
 * @param latency of one query at a time
 * @param queriesPerSecond of all queries at once, on all cores
 */
public record Point(
    String setting,
    int dimension,
    String index,
    Interval quality,
    double[] perQuery,
    double bytesPerVector,
    double buildSeconds,
    Latency latency,
    double queriesPerSecond) {

  /**
   * Milliseconds from query vector to hits.
   *
   * @param p50 median
   * @param p95 one in twenty takes longer
   * @param p99 one in a hundred takes longer
   */
  public record Latency(double p50, double p95, double p99) {

    /**
     * @param milliseconds of single queries, sorted here
     */
    static Latency of(double[] milliseconds) {
      double[] sorted = milliseconds.clone();
      java.util.Arrays.sort(sorted);
      return new Latency(at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99));
    }

    private static double at(double[] sorted, double share) {
      return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
    }
  }

  /** Megabytes that a million vectors take. */
  public double megabytesPerMillion() {
    return bytesPerVector;
  }

  /** Whether the other point is as good and cheap and fast, and better in one of the three. */
  boolean isDominatedBy(Point other) {
    boolean noWorse =
        other.quality.estimate() >= quality.estimate()
            && other.bytesPerVector <= bytesPerVector
            && other.latency.p50 <= latency.p50;
    boolean better =
        other.quality.estimate() > quality.estimate()
            || other.bytesPerVector < bytesPerVector
            || other.latency.p50 < latency.p50;
    return noWorse && better;
  }
}
