package dev.embedlab.metrics;

import static dev.embedlab.metrics.Explanation.leaf;

/**
 * Precision: relevant documents among the first k, divided by k even if fewer were returned.
 * trec_eval's {@code P}.
 *
 * @param k ranks that count, at least 1
 */
public record Precision(int k) implements RankingMetric {

  public Precision {
    Cutoff.check(k);
  }

  @Override
  public String name() {
    return Cutoff.name("precision", k);
  }

  @Override
  public double score(JudgedRanking ranking) {
    return (double) ranking.relevantIn(k) / k;
  }

  @Override
  public Explanation explain(JudgedRanking ranking) {
    return leaf(
        score(ranking), "%s, %d relevant found / %d ranks", name(), ranking.relevantIn(k), k);
  }
}
