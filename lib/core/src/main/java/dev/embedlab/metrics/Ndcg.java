package dev.embedlab.metrics;

import static dev.embedlab.metrics.Explanation.leaf;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Normalised discounted cumulative gain: {@code DCG@k / IDCG@k} with {@code DCG@k = sum over ranks
 * i = 1..k of max(grade_i, 0) / log2(i + 1)}, and IDCG the same sum over the best possible ranking.
 *
 * <p>Variant: linear gains as trec_eval's {@code ndcg_cut} and MTEB; negative grades gain nothing.
 * Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 2002.
 *
 * @param k ranks that count, at least 1
 */
public record Ndcg(int k) implements RankingMetric {

  private static final double[] DISCOUNTS =
      IntStream.range(0, 1000).mapToDouble(rank -> Math.log(2) / Math.log(rank + 2)).toArray();

  public Ndcg {
    Cutoff.check(k);
  }

  /** Over the whole ranking. */
  public static Ndcg uncut() {
    return new Ndcg(Cutoff.NONE);
  }

  @Override
  public String name() {
    return Cutoff.name("ndcg", k);
  }

  @Override
  public double score(JudgedRanking ranking) {
    double dcg = 0;
    int found = ranking.relevantIn(k);
    for (int i = 0; i < found; i++) {
      int rank = ranking.relevantRank(i);
      dcg += ranking.grade(rank) * discount(rank);
    }
    return dcg == 0 ? 0 : dcg / idealDcg(ranking);
  }

  private double idealDcg(JudgedRanking ranking) {
    double ideal = 0;
    for (int i = 0; i < Math.min(k, ranking.relevant()); i++) {
      ideal += ranking.idealGrade(i) * discount(i);
    }
    return ideal;
  }

  private static double discount(int rank) {
    return rank < DISCOUNTS.length ? DISCOUNTS[rank] : Math.log(2) / Math.log(rank + 2);
  }

  @Override
  public Explanation explain(JudgedRanking ranking) {
    List<Explanation> gains = new ArrayList<>();
    for (int i = 0; i < Cutoff.of(k, ranking); i++) {
      if (ranking.isRelevant(i)) {
        gains.add(term(i, ranking.grade(i), "document '" + ranking.documentId(i) + "'"));
      }
    }
    List<Explanation> ideals = new ArrayList<>();
    for (int i = 0; i < Math.min(k, ranking.relevant()); i++) {
      ideals.add(term(i, ranking.idealGrade(i), "best possible"));
    }
    double dcg = gains.stream().mapToDouble(Explanation::value).sum();
    double ideal = ideals.stream().mapToDouble(Explanation::value).sum();
    return Explanation.of(
        dcg == 0 ? 0 : dcg / ideal,
        name() + ", DCG / IDCG",
        List.of(
            Explanation.of(dcg, "DCG, sum of grade / log2(rank + 1)", gains),
            Explanation.of(ideal, "IDCG, the same for the best possible ranking", ideals)));
  }

  private static Explanation term(int rank, int grade, String what) {
    return leaf(
        grade * discount(rank), "%d / log2(%d + 1), %s at rank %2$d", grade, rank + 1, what);
  }
}
