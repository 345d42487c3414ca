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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * All scores that MTEB's result files hold for a run: nDCG, MAP, recall, precision, hit rate (means
 * rounded to five decimals), MRR, and the abstention curves of each.
 */
public final class RankingScores {

  private static final int[] CUTOFFS = {1, 3, 5, 10, 20, 100, 1000};

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
    Map<String, double[]> confidences = confidences(result.scores().queryIds(), run);
    families.forEach(
        (family, metrics) -> {
          for (int i = 0; i < CUTOFFS.length && !family.equals("hit_rate"); i++) {
            double[] values = result.perQuery(metrics.get(i).name());
            String name = "nauc_" + family + "_at_" + CUTOFFS[i] + "_";
            double[] areas = AbstentionAuc.of(List.copyOf(confidences.values()), values);
            int c = 0;
            for (String confidence : confidences.keySet()) {
              scores.put(name + confidence, areas[c++]);
            }
          }
        });
  }

  /** The three confidences of a query: best score, spread of scores, lead of the best. */
  private static Map<String, double[]> confidences(List<String> queries, Run run) {
    double[] max = new double[queries.size()];
    double[] std = new double[queries.size()];
    double[] diff = new double[queries.size()];
    for (int q = 0; q < max.length; q++) {
      Ranking ranking = run.of(queries.get(q));
      double[] sorted = new double[ranking.size()];
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] = -ranking.score(i);
      }
      java.util.Arrays.sort(sorted);
      max[q] = sorted.length == 0 ? 0 : -sorted[0];
      std[q] = sorted.length == 0 ? 0 : Means.deviation(sorted);
      diff[q] = sorted.length < 2 ? 0 : sorted[1] - sorted[0];
    }
    Map<String, double[]> confidences = new LinkedHashMap<>();
    confidences.put("max", max);
    confidences.put("std", std);
    confidences.put("diff1", diff);
    return confidences;
  }
}
