package dev.embedlab.metrics;

import static dev.embedlab.metrics.Explanation.leaf;

import java.util.ArrayList;
import java.util.List;

/**
 * Binary preference (bpref), for collections with few judgements: how often judged relevant
 * documents stand before judged non-relevant ones; unjudged documents do not count. {@code 1/R *
 * sum over relevant hits of (1 - min(n, R) / min(N, R))} with n the judged non-relevant documents
 * ranked above the hit, R and N all relevant and all judged non-relevant documents.
 *
 * <p>Variant: trec_eval's {@code bpref}. Source: Buckley and Voorhees, "Retrieval evaluation with
 * incomplete information", SIGIR 2004.
 */
public record BinaryPreference() implements RankingMetric {

  @Override
  public String name() {
    return "bpref";
  }

  @Override
  public double score(JudgedRanking ranking) {
    double sum = 0;
    int above = 0;
    for (int i = 0; i < ranking.size(); i++) {
      if (ranking.isRelevant(i)) {
        sum += preference(ranking, above);
      } else if (ranking.grade(i) == 0) {
        above++;
      }
    }
    return ranking.relevant() == 0 ? 0 : sum / ranking.relevant();
  }

  private static double preference(JudgedRanking ranking, int above) {
    if (above == 0) {
      return 1;
    }
    int all = ranking.relevant();
    return 1 - (double) Math.min(above, all) / Math.min(ranking.judgedNonRelevant(), all);
  }

  @Override
  public Explanation explain(JudgedRanking ranking) {
    List<Explanation> steps = new ArrayList<>();
    int above = 0;
    for (int i = 0; i < ranking.size(); i++) {
      if (ranking.isRelevant(i)) {
        steps.add(
            leaf(
                preference(ranking, above),
                "document '%s', %d judged non-relevant above it",
                ranking.documentId(i),
                above));
      } else if (ranking.grade(i) == 0) {
        above++;
      }
    }
    double sum = steps.stream().mapToDouble(Explanation::value).sum();
    int all = ranking.relevant();
    return Explanation.of(
        all == 0 ? 0 : sum / all, "bpref, sum / %d relevant documents".formatted(all), steps);
  }
}
