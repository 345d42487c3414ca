package dev.embedlab.evaluate;

import dev.embedlab.statistics.Bootstrap;
import dev.embedlab.statistics.HolmCorrection;
import dev.embedlab.statistics.Interval;
import dev.embedlab.statistics.PairedTest;
import dev.embedlab.statistics.RandomizationTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Several systems on the same queries: who is better than whom, and which differences are ties.
 * Every pair is tested, and the p-values are corrected for their number by Holm's method.
 */
public final class Comparison {

  private final String metric;
  private final double level;
  private final List<PerQueryScores> systems;
  private final List<Pair> pairs;

  private Comparison(String metric, double level, List<PerQueryScores> systems, List<Pair> pairs) {
    this.metric = metric;
    this.level = level;
    this.systems = systems;
    this.pairs = pairs;
  }

  /**
   * One pair of systems.
   *
   * @param better the system with the higher mean
   * @param worse the other
   * @param difference of the means, with its interval
   * @param pValue of the test
   * @param adjustedPValue corrected for the number of pairs
   * @param tie whether the corrected p-value is above the level
   */
  public record Pair(
      String better,
      String worse,
      Interval difference,
      double pValue,
      double adjustedPValue,
      boolean tie) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s %s %s: %+.4f [%+.4f, %+.4f], p = %.4f",
          better,
          tie ? "ties with" : "beats",
          worse,
          difference.estimate(),
          difference.low(),
          difference.high(),
          adjustedPValue);
    }
  }

  /** Compares at the 5 % level with the paired randomisation test. */
  public static Comparison of(String metric, RetrievalResult... results) {
    return of(metric, java.util.Arrays.stream(results).map(RetrievalResult::scores).toList());
  }

  public static Comparison of(String metric, List<PerQueryScores> systems) {
    return of(metric, systems, RandomizationTest.standard(), 0.05);
  }

  /**
   * @param level the chance of naming any difference that is not there, for example 0.05
   * @throws IllegalArgumentException if the systems were not measured on the same queries
   */
  public static Comparison of(
      String metric, List<PerQueryScores> systems, PairedTest test, double level) {
    List<PerQueryScores> sorted = new ArrayList<>(systems);
    sorted.sort(Comparator.comparingDouble((PerQueryScores s) -> -s.mean(metric)));
    for (PerQueryScores system : sorted) {
      requireSameQueries(sorted.getFirst(), system);
    }
    return new Comparison(metric, level, List.copyOf(sorted), pairs(metric, sorted, test, level));
  }

  private static void requireSameQueries(PerQueryScores a, PerQueryScores b) {
    if (!a.queryIds().equals(b.queryIds())) {
      throw new IllegalArgumentException(
          "'%s' and '%s' were not measured on the same queries in the same order (%d and %d)."
              .formatted(a.system(), b.system(), a.queryIds().size(), b.queryIds().size()));
    }
  }

  private static List<Pair> pairs(
      String metric, List<PerQueryScores> sorted, PairedTest test, double level) {
    List<double[]> values = sorted.stream().map(s -> s.values(metric)).toList();
    List<int[]> indices = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      for (int j = i + 1; j < sorted.size(); j++) {
        indices.add(new int[] {i, j});
      }
    }
    double[] p =
        indices.stream()
            .mapToDouble(ij -> test.pValue(values.get(ij[0]), values.get(ij[1])))
            .toArray();
    double[] adjusted = HolmCorrection.adjust(p);
    List<Pair> pairs = new ArrayList<>();
    for (int n = 0; n < p.length; n++) {
      int i = indices.get(n)[0];
      int j = indices.get(n)[1];
      pairs.add(
          new Pair(
              sorted.get(i).system(),
              sorted.get(j).system(),
              Bootstrap.standard().meanDifference(values.get(i), values.get(j)),
              p[n],
              adjusted[n],
              adjusted[n] > level));
    }
    return List.copyOf(pairs);
  }

  public String metric() {
    return metric;
  }

  /** The systems, best mean first. */
  public List<PerQueryScores> systems() {
    return systems;
  }

  /** All pairs, the better system first. */
  public List<Pair> pairs() {
    return pairs;
  }

  /** The pair of two systems, whichever is better. */
  public Pair pair(String a, String b) {
    return pairs.stream()
        .filter(
            p ->
                (p.better().equals(a) && p.worse().equals(b))
                    || (p.better().equals(b) && p.worse().equals(a)))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("'%s' and '%s' are no pair here.".formatted(a, b)));
  }

  /** Whether the difference of two systems may be chance. */
  public boolean tie(String a, String b) {
    return pair(a, b).tie();
  }

  /**
   * The ranks a system may truly have: 1 + the systems that beat it, up to the number of systems
   * less those it beats.
   */
  public RankInterval rank(String system) {
    int beaten = 0;
    int beats = 0;
    for (Pair pair : pairs) {
      beaten += !pair.tie() && pair.worse().equals(system) ? 1 : 0;
      beats += !pair.tie() && pair.better().equals(system) ? 1 : 0;
    }
    return new RankInterval(1 + beaten, systems.size() - beats);
  }

  /**
   * Ranks, counted from 1.
   *
   * @param best rank the system may have
   * @param worst rank the system may have
   */
  public record RankInterval(int best, int worst) {

    @Override
    public String toString() {
      return best == worst ? "" + best : best + "-" + worst;
    }
  }

  /** A leaderboard with rank intervals and ties, and below it the pairs. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    int width = systems.stream().mapToInt(s -> s.system().length()).max().orElse(0);
    String line = "%-5s  %-" + Math.max(width, 6) + "s  %s%s%n";
    text.append(String.format(line, "rank", "system", metric, ""));
    for (PerQueryScores system : systems) {
      text.append(
          String.format(
              line,
              rank(system.system()),
              system.system(),
              system.interval(metric),
              ties(system.system())));
    }
    pairs.forEach(pair -> text.append("  ").append(pair).append('\n'));
    return text.toString().stripTrailing();
  }

  private String ties(String system) {
    List<String> with =
        pairs.stream()
            .filter(Pair::tie)
            .filter(p -> p.better().equals(system) || p.worse().equals(system))
            .map(p -> p.better().equals(system) ? p.worse() : p.better())
            .toList();
    return with.isEmpty() ? "" : "  tie with " + String.join(", ", with);
  }
}
