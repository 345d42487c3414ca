package dev.embedlab.inspect;

import dev.embedlab.data.Qrels;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import dev.embedlab.metrics.BestThreshold;
import dev.embedlab.metrics.RocAuc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scores of relevant documents against scores of others that the system returned: how far they lie
 * apart and where to cut.
 *
 * @param relevant {@code [hits]} scores of relevant documents
 * @param others {@code [hits]} scores of documents that are not relevant or not judged
 */
public record ScoreDistribution(double[] relevant, double[] others) {

  /** Of the first {@code depth} documents of every judged query. */
  public static ScoreDistribution of(Run run, Qrels qrels, int depth) {
    List<Double> relevant = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    for (String query : qrels.queryIds()) {
      Ranking ranking = run.of(query);
      Map<String, Integer> grades = qrels.of(query);
      for (int i = 0; i < Math.min(depth, ranking.size()); i++) {
        boolean isRelevant = grades.getOrDefault(ranking.documentId(i), 0) > 0;
        (isRelevant ? relevant : others).add((double) ranking.score(i));
      }
    }
    if (relevant.isEmpty() || others.isEmpty()) {
      throw new IllegalArgumentException(
          "A distribution needs relevant and other hits, but there are %d and %d."
              .formatted(relevant.size(), others.size()));
    }
    return new ScoreDistribution(array(relevant), array(others));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Probability that a relevant hit scores higher than another. */
  public double separation() {
    return new RocAuc().score(scores(), labels());
  }

  /** The threshold with the best F1, and what it gives. */
  public BestThreshold threshold() {
    return BestThreshold.of(scores(), labels());
  }

  /**
   * The lowest score from which on at least this share of hits is relevant; infinite if no score
   * does it.
   *
   * @param precision wanted, above 0 and at most 1
   */
  public double thresholdFor(double precision) {
    double[] scores = scores();
    boolean[] labels = labels();
    Integer[] order = new Integer[scores.length];
    java.util.Arrays.setAll(order, i -> i);
    java.util.Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
    double threshold = Double.POSITIVE_INFINITY;
    int found = 0;
    for (int i = 0; i < order.length; i++) {
      found += labels[order[i]] ? 1 : 0;
      boolean last = i + 1 == order.length || scores[order[i + 1]] != scores[order[i]];
      if (last && found >= precision * (i + 1)) {
        threshold = scores[order[i]];
      }
    }
    return threshold;
  }

  private double[] scores() {
    double[] all = java.util.Arrays.copyOf(relevant, relevant.length + others.length);
    System.arraycopy(others, 0, all, relevant.length, others.length);
    return all;
  }

  private boolean[] labels() {
    boolean[] labels = new boolean[relevant.length + others.length];
    java.util.Arrays.fill(labels, 0, relevant.length, true);
    return labels;
  }

  @Override
  public String toString() {
    BestThreshold best = threshold();
    return String.format(
        Locale.ROOT,
        "%,d relevant hits, %,d others, separation %.3f; best cut at %.4f (F1 %.3f)",
        relevant.length,
        others.length,
        separation(),
        best.f1Threshold(),
        best.f1());
  }
}
