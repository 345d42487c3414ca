package dev.embedlab.evaluate.task;

import dev.embedlab.data.TextPair;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.metrics.Accuracy;
import dev.embedlab.metrics.F1;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.Hits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Bitext mining: finds the translation of every sentence as its nearest neighbour in the other
 * language. Main score {@code f1}, weighted.
 *
 * @param name as result files show it
 * @param pairs sentence and translation
 */
public record BitextMiningTask(String name, List<TextPair> pairs) implements EmbeddingTask {

  public BitextMiningTask {
    pairs = List.copyOf(pairs);
  }

  @Override
  public TaskType type() {
    return TaskType.BITEXT_MINING;
  }

  @Override
  public TaskScores evaluate(Encoder encoder, EncodeOptions options) {
    float[][] first = encoder.encode(pairs.stream().map(TextPair::first).toList(), options);
    float[][] second = encoder.encode(pairs.stream().map(TextPair::second).toList(), options);
    int[] truth = IntStream.range(0, pairs.size()).toArray();
    int[] found = nearest(encoder, first, second);
    Map<String, Object> scores = new LinkedHashMap<>();
    scores.put("precision", new F1(F1.Part.PRECISION, F1.Average.WEIGHTED).score(truth, found));
    scores.put("recall", new F1(F1.Part.RECALL, F1.Average.WEIGHTED).score(truth, found));
    scores.put("f1", F1.weighted().score(truth, found));
    scores.put("accuracy", new Accuracy().score(truth, found));
    return new TaskScores(name, type(), "f1", Resampled.mean(perSentence(truth, found)), scores);
  }

  private static int[] nearest(Encoder encoder, float[][] first, float[][] second) {
    try (ExactIndex index = ExactIndex.of(second, encoder.similarity())) {
      Hits hits = index.search(first, 1);
      return IntStream.range(0, first.length).map(i -> hits.positions()[i][0]).toArray();
    }
  }

  /** F1 of each sentence as a label of its own; their mean is the weighted F1. */
  private static double[] perSentence(int[] truth, int[] found) {
    int[] times = new int[truth.length];
    for (int f : found) {
      times[f]++;
    }
    return IntStream.range(0, truth.length)
        .mapToDouble(i -> found[i] == i ? 2.0 / (1 + times[i]) : 0)
        .toArray();
  }
}
