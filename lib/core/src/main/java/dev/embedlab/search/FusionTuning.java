package dev.embedlab.search;

import dev.embedlab.data.Qrels;
import dev.embedlab.data.Run;
import dev.embedlab.metrics.JudgedRanking;
import dev.embedlab.metrics.RankingMetric;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the weights of a fusion on judged queries. Use the dev split: weights chosen on the test
 * split flatter the fusion.
 */
public final class FusionTuning {

  private FusionTuning() {}

  /**
   * One weight that was tried.
   *
   * @param weight of the first run; the second has the rest to 1
   * @param score mean of the metric
   */
  public record Trial(double weight, double score) {}

  /**
   * Tries the weights 0, 1 / steps, ..., 1 for two runs.
   *
   * @param depth documents fused for a query
   * @return in ascending order of weight
   */
  public static List<Trial> curve(
      Run first, Run second, Qrels dev, RankingMetric metric, Fusion.Scale scale, int steps) {
    List<Trial> trials = new ArrayList<>();
    for (int step = 0; step <= steps; step++) {
      double weight = (double) step / steps;
      Fusion fusion = new Fusion.WeightedSum(scale, List.of(weight, 1 - weight));
      trials.add(
          new Trial(weight, mean(fusion.fuse("tuning", List.of(first, second), 100), dev, metric)));
    }
    return trials;
  }

  /** The fusion with the best weight of {@link #curve} in 20 steps; the lowest of equal ones. */
  public static Fusion best(
      Run first, Run second, Qrels dev, RankingMetric metric, Fusion.Scale scale) {
    Trial best = new Trial(0, Double.NEGATIVE_INFINITY);
    for (Trial trial : curve(first, second, dev, metric, scale, 20)) {
      best = trial.score() > best.score() ? trial : best;
    }
    return new Fusion.WeightedSum(scale, List.of(best.weight(), 1 - best.weight()));
  }

  private static double mean(Run run, Qrels qrels, RankingMetric metric) {
    return qrels.queryIds().stream()
        .mapToDouble(id -> metric.score(JudgedRanking.of(id, run.of(id), qrels.of(id))))
        .average()
        .orElse(0);
  }
}
