package dev.embedlab.metrics;

import java.util.List;

/**
 * F1 of a ranking cut at k: the harmonic mean of {@link Precision} and {@link Recall} at k.
 *
 * <p>Source: van Rijsbergen, "Information Retrieval", 1979, with beta 1.
 *
 * @param k ranks that count, at least 1
 */
public record RankingF1(int k) implements RankingMetric {

  public RankingF1 {
    Cutoff.check(k);
  }

  @Override
  public String name() {
    return Cutoff.name("f1", k);
  }

  @Override
  public double score(JudgedRanking ranking) {
    double precision = new Precision(k).score(ranking);
    double recall = new Recall(k).score(ranking);
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  @Override
  public Explanation explain(JudgedRanking ranking) {
    return Explanation.of(
        score(ranking),
        name() + ", 2 * precision * recall / (precision + recall)",
        List.of(new Precision(k).explain(ranking), new Recall(k).explain(ranking)));
  }
}
