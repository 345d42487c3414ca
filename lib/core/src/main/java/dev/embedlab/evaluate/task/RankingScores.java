package dev.embedlab.evaluate.task;

import dev.embedlab.data.Qrels;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import dev.embedlab.evaluate.RetrievalEvaluator;
import dev.embedlab.evaluate.RetrievalEvaluator.IdenticalIds;
import dev.embedlab.evaluate.RetrievalEvaluator.Unanswered;
import dev.embedlab.evaluate.RetrievalResult;
import dev.embedlab.metrics.AbstentionAuc;
import dev.embedlab.metrics.AveragePrecision;
import dev.embedlab.metrics.HitRate;
import dev.embedlab.metrics.Ndcg;
import dev.embedlab.metrics.Precision;
import dev.embedlab.metrics.RankingMetric;
import dev.embedlab.metrics.Recall;
import dev.embedlab.metrics.ReciprocalRank;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * All scores that MTEB's result files hold for a run: nDCG, MAP, recall, precision, hit rate (means
 * rounded to five decimals), MRR, and the abstention curves of each.
 */
public final class RankingScores {

  private static final int[] CUTOFFS = {1, 3, 5, 10, 20, 100, 1000};
  private static final List<String> CONFIDENCES = List.of("max", "std", "diff1");

  private RankingScores() {}

  /**
   * @param main name of the main score, for example {@code ndcg_at_10}
   */
  public static TaskScores of(
      String task, TaskType type, String main, Run run, Qrels qrels, IdenticalIds identicalIds) {
    Map<String, List<RankingMetric>> families = families();
    List<RankingMetric> all = families.values().stream().flatMap(List::stream).toList();
    RetrievalResult result =
        RetrievalEvaluator.standard()
            .withMetrics(all)
            .withUnanswered(Unanswered.LEFT_OUT)
            .withIdenticalIds(identicalIds)
            .evaluate(run, qrels);
    Map<String, Object> scores = new LinkedHashMap<>();
    families.forEach(
        (family, metrics) -> {
          for (int i = 0; i < CUTOFFS.length; i++) {
            double mean = result.mean(metrics.get(i).name());
            scores.put(family + "_at_" + CUTOFFS[i], family.equals("mrr") ? mean : round(mean));
          }
        });
    scores.put("accuracy", scores.get("recall_at_1"));
    addAbstention(scores, families, result, run);
    String mainMetric = main.replace("_at_", "@");
    return new TaskScores(task, type, main, result.interval(mainMetric), scores);
  }

  private static Map<String, List<RankingMetric>> families() {
    Map<String, List<RankingMetric>> families = new LinkedHashMap<>();
    families.put("ndcg", at(Ndcg::new));
    families.put("map", at(AveragePrecision::new));
    families.put("recall", at(Recall::new));
    families.put("precision", at(Precision::new));
    families.put("mrr", at(ReciprocalRank::new));
    families.put("hit_rate", at(HitRate::new));
    return families;
  }

  private static List<RankingMetric> at(IntFunction<RankingMetric> metric) {
    List<RankingMetric> metrics = new ArrayList<>();
    for (int k : CUTOFFS) {
      metrics.add(metric.apply(k));
    }
    return metrics;
  }

  /** Rounds half to even on the exact binary value, as Python. */
  static double round(double value) {
    return new BigDecimal(value).setScale(5, RoundingMode.HALF_EVEN).doubleValue();
  }

  private static void addAbstention(
      Map<String, Object> scores,
      Map<String, List<RankingMetric>> families,
      RetrievalResult result,
      Run run) {
    List<int[]> orders = orders(result.scores().queryIds(), run);
    families.forEach(
        (family, metrics) -> {
          for (int i = 0; i < CUTOFFS.length && !family.equals("hit_rate"); i++) {
            double[] values = result.perQuery(metrics.get(i).name());
            String name = "nauc_" + family + "_at_" + CUTOFFS[i] + "_";
            double[] areas = AbstentionAuc.of(orders, values);
            for (int c = 0; c < areas.length; c++) {
              scores.put(name + CONFIDENCES.get(c), areas[c]);
            }
          }
        });
  }

  /** The queries in the order of each confidence. */
  private static List<int[]> orders(List<String> queries, Run run) {
    double[][] byQuery =
        queries.parallelStream().map(query -> confidences(run.of(query))).toArray(double[][]::new);
    return IntStream.range(0, CONFIDENCES.size())
        .mapToObj(c -> Arrays.stream(byQuery).mapToDouble(values -> values[c]).toArray())
        .map(AbstentionAuc::order)
        .toList();
  }

  /** Best score, spread of scores, lead of the best. */
  private static double[] confidences(Ranking ranking) {
    int n = ranking.size();
    if (n == 0) {
      return new double[CONFIDENCES.size()];
    }
    double[] scores = new double[n];
    double best = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      scores[i] = ranking.score(i);
      second = Math.max(second, Math.min(best, scores[i]));
      best = Math.max(best, scores[i]);
    }
    return new double[] {best, Means.deviation(scores), n < 2 ? 0 : best - second};
  }
}
