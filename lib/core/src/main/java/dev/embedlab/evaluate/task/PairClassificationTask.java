package dev.embedlab.evaluate.task;

import dev.embedlab.data.ScoredPair;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Similarity;
import dev.embedlab.metrics.BestThreshold;
import dev.embedlab.metrics.PrecisionRecallAuc;
import dev.embedlab.statistics.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pair classification: tells pairs that belong together from pairs that do not. Main score {@code
 * max_ap}, the best average precision over the similarity functions.
 *
 * @param name as result files show it
 * @param pairs with score 1 for pairs that belong together, else 0
 */
public record PairClassificationTask(String name, List<ScoredPair> pairs) implements EmbeddingTask {

  public PairClassificationTask {
    pairs = List.copyOf(pairs);
    for (ScoredPair pair : pairs) {
      if (pair.score() != 0 && pair.score() != 1) {
        throw new IllegalArgumentException(
            "Labels of pairs must be 0 or 1, but one is %s.".formatted(pair.score()));
      }
    }
  }

  @Override
  public TaskType type() {
    return TaskType.PAIR_CLASSIFICATION;
  }

  @Override
  public TaskScores evaluate(Encoder encoder, EncodeOptions options) {
    float[][] first = encoder.encode(pairs.stream().map(ScoredPair::first).toList(), options);
    float[][] second = encoder.encode(pairs.stream().map(ScoredPair::second).toList(), options);
    boolean[] positive = new boolean[pairs.size()];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = pairs.get(i).score() == 1;
    }
    Map<String, Object> scores = new LinkedHashMap<>();
    double[] best = new double[0];
    double bestAp = -1;
    Map<String, Similarity> functions = functions(encoder);
    for (Map.Entry<String, Similarity> function : functions.entrySet()) {
      double[] alike = PairScores.of(function.getValue(), first, second);
      double ap = addScores(scores, function.getKey(), alike, positive);
      best = ap > bestAp ? alike : best;
      bestAp = Math.max(bestAp, ap);
    }
    for (String metric : List.of("accuracy", "f1", "precision", "recall", "ap")) {
      scores.put("max_" + metric, largest(scores, functions, metric));
    }
    return new TaskScores(name, type(), "max_ap", interval(best, positive), scores);
  }

  private static Map<String, Similarity> functions(Encoder encoder) {
    Map<String, Similarity> functions = new LinkedHashMap<>();
    functions.put("similarity", encoder.similarity());
    functions.put("cosine", Similarity.COSINE);
    functions.put("manhattan", Similarity.MANHATTAN);
    functions.put("euclidean", Similarity.EUCLIDEAN);
    functions.put("dot", Similarity.DOT);
    return functions;
  }

  private static double addScores(
      Map<String, Object> scores, String prefix, double[] alike, boolean[] positive) {
    BestThreshold threshold = BestThreshold.of(alike, positive);
    double ap = new PrecisionRecallAuc().score(alike, positive);
    scores.put(prefix + "_accuracy", threshold.accuracy());
    scores.put(prefix + "_f1", threshold.f1());
    scores.put(prefix + "_precision", threshold.precision());
    scores.put(prefix + "_recall", threshold.recall());
    scores.put(prefix + "_ap", ap);
    return ap;
  }

  private static double largest(
      Map<String, Object> scores, Map<String, Similarity> functions, String metric) {
    return functions.keySet().stream()
        .mapToDouble(prefix -> (double) scores.get(prefix + "_" + metric))
        .max()
        .orElseThrow();
  }

  private static Interval interval(double[] scores, boolean[] positive) {
    return Resampled.of(
        scores.length,
        drawn ->
            new PrecisionRecallAuc()
                .score(Resampled.pick(scores, drawn), Resampled.pick(positive, drawn)));
  }
}
