package dev.embedlab.frontier;

import dev.embedlab.statistics.HolmCorrection;
import dev.embedlab.statistics.RandomizationTest;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The measured settings and what to make of them. Immutable. */
public final class FrontierResult {

  private static final double SIGNIFICANCE = 0.05;

  private final String metric;
  private final List<Point> points;
  private final Budget budget;
  private final Map<String, Double> pValues;

  FrontierResult(String metric, List<Point> points, Budget budget) {
    this.metric = metric;
    this.budget = budget;
    this.points = List.copyOf(points);
    this.pValues = pValues(best(), this.points);
  }

  /** Of every setting against the best, paired by query, corrected after Holm. */
  private static Map<String, Double> pValues(Point best, List<Point> points) {
    double[] raw =
        points.stream()
            .mapToDouble(
                p ->
                    p == best
                        ? 1
                        : RandomizationTest.standard().pValue(best.perQuery(), p.perQuery()))
            .toArray();
    double[] adjusted = HolmCorrection.adjust(raw);
    Map<String, Double> values = LinkedHashMap.newLinkedHashMap(points.size());
    for (int i = 0; i < raw.length; i++) {
      values.put(points.get(i).setting(), adjusted[i]);
    }
    return values;
  }

  public String metric() {
    return metric;
  }

  /** In the order they were measured. */
  public List<Point> points() {
    return points;
  }

  /** The highest mean. */
  public Point best() {
    return points.stream()
        .max(Comparator.comparingDouble(p -> p.quality().estimate()))
        .orElseThrow(() -> new IllegalStateException("Nothing was measured."));
  }

  /** Settings that no other beats in quality, bytes and latency together. */
  public List<Point> pareto() {
    return points.stream().filter(p -> points.stream().noneMatch(p::isDominatedBy)).toList();
  }

  /** How surprising the difference from the best would be if there were none, 0 to 1. */
  public double pValue(Point point) {
    return pValues.get(point.setting());
  }

  /** Whether the setting cannot be told from the best on these queries. */
  public boolean isTied(Point point) {
    return pValue(point) >= SIGNIFICANCE;
  }

  /** What may be spent; the advice keeps to it. */
  public Budget budget() {
    return budget;
  }

  /**
   * The setting of fewest bytes within the budget that is not significantly worse than the best of
   * all; empty if none is. Of equal bytes the faster.
   */
  public Optional<Point> advice() {
    return advice(budget);
  }

  /** {@link #advice()} under another budget; nothing is measured again. */
  public Optional<Point> advice(Budget other) {
    return points.stream()
        .filter(this::isTied)
        .filter(other::allows)
        .min(
            Comparator.comparingDouble(Point::bytesPerVector)
                .thenComparingDouble(p -> p.latency().p50()));
  }

  /** The advice as a sentence. */
  public String verdict() {
    Optional<Point> advice = advice();
    if (advice.isPresent()) {
      Point p = advice.get();
      return String.format(
          Locale.ROOT,
          "Cheapest that is not significantly worse than the best (%s, %.4f): %s with %.4f, %s times fewer bytes.",
          best().setting(),
          best().quality().estimate(),
          p.setting(),
          p.quality().estimate(),
          number(best().bytesPerVector() / p.bytesPerVector()));
    }
    return "Nothing within the budget of %s is as good as the best (%s)."
        .formatted(budget, best().setting());
  }

  /** A table, Pareto points marked with a star, ties with the best with an equals sign. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    String row = "%-2s %-46s %22s %9s %8s %8s %8s %9s%n";
    text.append(
        row.formatted("", "setting", metric, "bytes", "build s", "p50 ms", "p95 ms", "queries/s"));
    List<Point> pareto = pareto();
    for (Point p : points) {
      String marks = (pareto.contains(p) ? "*" : " ") + (isTied(p) ? "=" : " ");
      text.append(
          row.formatted(
              marks,
              p.setting(),
              String.format(
                  Locale.ROOT,
                  "%.4f [%.4f, %.4f]",
                  p.quality().estimate(),
                  p.quality().low(),
                  p.quality().high()),
              number(p.bytesPerVector()),
              number(p.buildSeconds()),
              number(p.latency().p50()),
              number(p.latency().p95()),
              number(p.queriesPerSecond())));
    }
    return text.append("* Pareto   = not significantly worse than the best\n")
        .append(verdict())
        .append('\n')
        .toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }
}
