package dev.embedlab.evaluate.task;

import dev.embedlab.data.ScoredPair;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Similarity;
import dev.embedlab.metrics.Pearson;
import dev.embedlab.metrics.Spearman;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Semantic textual similarity: Spearman's correlation between the cosine of two texts and what
 * people said of them. Main score {@code cosine_spearman}.
 *
 * @param name as result files show it
 * @param pairs at least two, not all of the same score
 */
public record StsTask(String name, List<ScoredPair> pairs) implements EmbeddingTask {

  public StsTask {
    pairs = List.copyOf(pairs);
  }

  @Override
  public TaskType type() {
    return TaskType.STS;
  }

  @Override
  public TaskScores evaluate(Encoder encoder, EncodeOptions options) {
    float[][] first = encoder.encode(pairs.stream().map(ScoredPair::first).toList(), options);
    float[][] second = encoder.encode(pairs.stream().map(ScoredPair::second).toList(), options);
    double[] gold = pairs.stream().mapToDouble(ScoredPair::score).toArray();
    Map<String, Object> scores = new LinkedHashMap<>();
    double[] own = PairScores.of(encoder.similarity(), first, second);
    scores.put("pearson", new Pearson().score(gold, own));
    scores.put("spearman", new Spearman().score(gold, own));
    double[] cosines = PairScores.of(Similarity.COSINE, first, second);
    for (Similarity similarity :
        List.of(Similarity.COSINE, Similarity.MANHATTAN, Similarity.EUCLIDEAN)) {
      String prefix = similarity.name().toLowerCase(Locale.ROOT);
      double[] alike = PairScores.of(similarity, first, second);
      scores.put(prefix + "_pearson", new Pearson().score(gold, alike));
      scores.put(prefix + "_spearman", new Spearman().score(gold, alike));
    }
    return new TaskScores(
        name,
        type(),
        "cosine_spearman",
        Resampled.of(pairs.size(), drawn -> spearman(gold, cosines, drawn)),
        scores);
  }

  private static double spearman(double[] gold, double[] scores, int[] drawn) {
    return new Spearman().score(Resampled.pick(gold, drawn), Resampled.pick(scores, drawn));
  }
}
