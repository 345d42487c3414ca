package dev.embedlab.metrics;

import static dev.embedlab.metrics.Explanation.leaf;

/**
 * Hit rate, also called success or top-k accuracy: 1 if any of the first k documents is relevant,
 * else 0. trec_eval's {@code success}.
 *
 * @param k ranks that count, at least 1
 */
public record HitRate(int k) implements RankingMetric {

  public HitRate {
    Cutoff.check(k);
  }

  @Override
  public String name() {
    return Cutoff.name("hit_rate", k);
  }

  @Override
  public double score(JudgedRanking ranking) {
    return ranking.relevantIn(k) > 0 ? 1 : 0;
  }

  @Override
  public Explanation explain(JudgedRanking ranking) {
    return leaf(
        score(ranking), "%s, %d relevant among the first %d", name(), ranking.relevantIn(k), k);
  }
}
