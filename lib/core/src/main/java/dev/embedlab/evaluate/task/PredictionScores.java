package dev.embedlab.evaluate.task;

import dev.embedlab.metrics.Accuracy;
import dev.embedlab.metrics.F1;
import dev.embedlab.metrics.PrecisionRecallAuc;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scores of predicted labels that MTEB's result files hold. */
final class PredictionScores {

  private PredictionScores() {}

  /**
   * @param truth {@code [texts]} numbers of labels
   * @param predicted {@code [texts]}
   * @param positive the label whose average precision is measured where there are two
   */
  static Map<String, Object> of(int[] truth, int[] predicted, int positive) {
    Map<String, Object> scores = new LinkedHashMap<>();
    scores.put("accuracy", new Accuracy().score(truth, predicted));
    for (F1.Part part : List.of(F1.Part.F1, F1.Part.PRECISION, F1.Part.RECALL)) {
      for (F1.Average average : F1.Average.values()) {
        F1 metric = new F1(part, average);
        scores.put(metric.name(), metric.score(truth, predicted));
      }
    }
    if (Arrays.stream(truth).distinct().count() == 2) {
      double ap = averagePrecision(truth, predicted, positive);
      scores.put("ap", ap);
      scores.put("ap_weighted", ap);
    }
    return scores;
  }

  /** Of the predicted labels themselves, as MTEB does. */
  private static double averagePrecision(int[] truth, int[] predicted, int positive) {
    boolean[] positives = new boolean[truth.length];
    for (int i = 0; i < truth.length; i++) {
      positives[i] = truth[i] == positive;
    }
    double[] scores = Arrays.stream(predicted).asDoubleStream().toArray();
    return new PrecisionRecallAuc().score(scores, positives);
  }
}
