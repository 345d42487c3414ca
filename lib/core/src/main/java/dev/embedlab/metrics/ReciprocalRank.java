package dev.embedlab.metrics;

import static dev.embedlab.metrics.Explanation.leaf;

/**
 * Reciprocal rank, whose mean over queries is MRR: {@code 1 / rank of the first relevant document},
 * or 0 if none is among the first k.
 *
 * <p>Variant: ties are broken as everywhere here (see {@link TrecOrder}). Source: Voorhees, "The
 * TREC-8 question answering track report", 1999.
 *
 * @param k ranks that count, at least 1
 */
public record ReciprocalRank(int k) implements RankingMetric {

  public ReciprocalRank {
    Cutoff.check(k);
  }

  /** Over the whole ranking, trec_eval's {@code recip_rank}. */
  public static ReciprocalRank uncut() {
    return new ReciprocalRank(Cutoff.NONE);
  }

  @Override
  public String name() {
    return Cutoff.name("mrr", k);
  }

  @Override
  public double score(JudgedRanking ranking) {
    return ranking.relevantIn(k) == 0 ? 0 : 1.0 / (ranking.relevantRank(0) + 1);
  }

  @Override
  public Explanation explain(JudgedRanking ranking) {
    for (int i = 0; i < Cutoff.of(k, ranking); i++) {
      if (ranking.isRelevant(i)) {
        return leaf(
            1.0 / (i + 1),
            "%s, 1 / %d: the first relevant document is '%s'",
            name(),
            i + 1,
            ranking.documentId(i));
      }
    }
    return leaf(0, "%s, no relevant document among %d", name(), Cutoff.of(k, ranking));
  }
}
