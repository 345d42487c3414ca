package dev.embedlab.metrics;

import static dev.embedlab.metrics.Explanation.leaf;

/**
 * R-precision: precision at rank R, where R is the number of relevant documents of the query.
 * trec_eval's {@code Rprec}.
 */
public record RPrecision() implements RankingMetric {

  @Override
  public String name() {
    return "r_precision";
  }

  @Override
  public double score(JudgedRanking ranking) {
    int all = ranking.relevant();
    return all == 0 ? 0 : (double) ranking.relevantIn(all) / all;
  }

  @Override
  public Explanation explain(JudgedRanking ranking) {
    int all = ranking.relevant();
    return leaf(
        score(ranking),
        "r_precision, %d relevant among the first %d / %d relevant in all",
        ranking.relevantIn(all),
        all,
        all);
  }
}
