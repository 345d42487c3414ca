package dev.embedlab.metrics;

import static dev.embedlab.metrics.Explanation.leaf;

/**
 * Recall: relevant documents among the first k, divided by all relevant documents. trec_eval's
 * {@code recall}.
 *
 * @param k ranks that count, at least 1
 */
public record Recall(int k) implements RankingMetric {

  public Recall {
    Cutoff.check(k);
  }

  @Override
  public String name() {
    return Cutoff.name("recall", k);
  }

  @Override
  public double score(JudgedRanking ranking) {
    int all = ranking.relevant();
    return all == 0 ? 0 : (double) ranking.relevantIn(k) / all;
  }

  @Override
  public Explanation explain(JudgedRanking ranking) {
    return leaf(
        score(ranking),
        "%s, %d relevant found / %d relevant in all",
        name(),
        ranking.relevantIn(k),
        ranking.relevant());
  }
}
