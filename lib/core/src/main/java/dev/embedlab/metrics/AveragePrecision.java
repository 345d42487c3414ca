package dev.embedlab.metrics;

import static dev.embedlab.metrics.Explanation.leaf;

import java.util.ArrayList;
import java.util.List;

/**
 * Average precision, whose mean over queries is MAP: {@code 1/R * sum of P@i over the ranks i <= k
 * of relevant documents}.
 *
 * <p>Variant: R is <em>all</em> relevant documents, as in trec_eval's {@code map_cut} and MTEB;
 * sentence-transformers divides by min(k, R) instead and scores higher. Source: Buckley and
 * Voorhees, "Evaluating evaluation measure stability", SIGIR 2000.
 *
 * @param k ranks that count, at least 1
 */
public record AveragePrecision(int k) implements RankingMetric {

  public AveragePrecision {
    Cutoff.check(k);
  }

  /** Over the whole ranking, trec_eval's {@code map}. */
  public static AveragePrecision uncut() {
    return new AveragePrecision(Cutoff.NONE);
  }

  @Override
  public String name() {
    return Cutoff.name("map", k);
  }

  @Override
  public double score(JudgedRanking ranking) {
    double sum = 0;
    int found = ranking.relevantIn(k);
    for (int i = 0; i < found; i++) {
      sum += (double) (i + 1) / (ranking.relevantRank(i) + 1);
    }
    return found == 0 ? 0 : sum / ranking.relevant();
  }

  @Override
  public Explanation explain(JudgedRanking ranking) {
    List<Explanation> steps = new ArrayList<>();
    for (int i = 0; i < Cutoff.of(k, ranking); i++) {
      if (ranking.isRelevant(i)) {
        int found = steps.size() + 1;
        steps.add(
            leaf(
                (double) found / (i + 1),
                "%d / %d, precision at rank %2$d of document '%s'",
                found,
                i + 1,
                ranking.documentId(i)));
      }
    }
    double sum = steps.stream().mapToDouble(Explanation::value).sum();
    return Explanation.of(
        steps.isEmpty() ? 0 : sum / ranking.relevant(),
        "%s, sum of precisions / %d relevant documents".formatted(name(), ranking.relevant()),
        steps);
  }
}
