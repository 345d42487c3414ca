package dev.embedlab.evaluate.task;

import dev.embedlab.data.SummarySample;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Similarity;
import dev.embedlab.metrics.Correlation;
import dev.embedlab.metrics.Pearson;
import dev.embedlab.metrics.Spearman;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Summarization: a machine summary is as good as its likeness to the likest human summary; that is
 * correlated with people's ratings, text by text. Main score {@code cosine_spearman}, the mean over
 * texts; texts whose ratings or scores are all equal are left out.
 *
 * @param name as result files show it
 * @param samples one for each text
 */
public record SummarizationTask(String name, List<SummarySample> samples) implements EmbeddingTask {

  public SummarizationTask {
    samples = List.copyOf(samples);
  }

  @Override
  public TaskType type() {
    return TaskType.SUMMARIZATION;
  }

  @Override
  public TaskScores evaluate(Encoder encoder, EncodeOptions options) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (SummarySample sample : samples) {
      float[][] human = encoder.encode(sample.human(), options);
      float[][] machine = encoder.encode(sample.machine(), options);
      double[] ratings = sample.ratings().stream().mapToDouble(Double::doubleValue).toArray();
      double[] cosine = best(Similarity.COSINE, machine, human);
      double[] dot = best(Similarity.DOT, machine, human);
      double[] own = best(encoder.similarity(), machine, human);
      if (!constant(ratings) && !constant(cosine) && !constant(dot)) {
        correlate(values, "", ratings, own);
        correlate(values, "cosine_", ratings, cosine);
        correlate(values, "dot_", ratings, dot);
      }
    }
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "No text of '%s' has machine summaries of different rating and score.".formatted(name));
    }
    Map<String, Object> scores = new LinkedHashMap<>();
    values.forEach((metric, all) -> scores.put(metric, mean(all)));
    double[] main =
        values.get("cosine_spearman").stream().mapToDouble(Double::doubleValue).toArray();
    return new TaskScores(name, type(), "cosine_spearman", Resampled.mean(main), scores);
  }

  private static double[] best(Similarity similarity, float[][] machine, float[][] human) {
    double[] best = new double[machine.length];
    for (int i = 0; i < machine.length; i++) {
      float[][] repeated = new float[human.length][];
      java.util.Arrays.fill(repeated, machine[i]);
      best[i] =
          java.util.Arrays.stream(PairScores.of(similarity, repeated, human)).max().orElseThrow();
    }
    return best;
  }

  private static boolean constant(double[] values) {
    return java.util.Arrays.stream(values).distinct().count() <= 1;
  }

  private static void correlate(
      Map<String, List<Double>> values, String prefix, double[] ratings, double[] scores) {
    for (Correlation metric : List.of(new Pearson(), new Spearman())) {
      values
          .computeIfAbsent(prefix + metric.name(), name -> new ArrayList<>())
          .add(metric.score(ratings, scores));
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
