package dev.embedlab.evaluate.task;

import dev.embedlab.data.LabelledText;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.learn.MiniBatchKMeans;
import dev.embedlab.metrics.VMeasure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Clustering, MTEB's first version: every set of texts is clustered by itself, by mini-batch
 * k-means with batches of 500. Main score {@code v_measure}, the mean over the sets.
 *
 * @param name as result files show it
 * @param sets of texts with one label each
 * @param seed of k-means, 42 in MTEB
 */
public record LegacyClusteringTask(String name, List<List<LabelledText>> sets, long seed)
    implements EmbeddingTask {

  private static final int BATCH = 500;

  public LegacyClusteringTask {
    sets = sets.stream().map(List::copyOf).toList();
    if (sets.isEmpty()) {
      throw new IllegalArgumentException("There are no sets of texts to cluster.");
    }
  }

  /** With MTEB's seed 42. */
  public LegacyClusteringTask(String name, List<List<LabelledText>> sets) {
    this(name, sets, 42);
  }

  @Override
  public TaskType type() {
    return TaskType.CLUSTERING;
  }

  @Override
  public TaskScores evaluate(Encoder encoder, EncodeOptions options) {
    double[] values = sets.stream().mapToDouble(set -> evaluate(set, encoder, options)).toArray();
    Map<String, Object> scores = new LinkedHashMap<>();
    scores.put("v_measure", Arrays.stream(values).average().orElseThrow());
    scores.put("v_measure_std", Means.deviation(values));
    scores.put("v_measures", Arrays.stream(values).boxed().toList());
    return new TaskScores(name, type(), "v_measure", Resampled.mean(values), scores);
  }

  private double evaluate(List<LabelledText> set, Encoder encoder, EncodeOptions options) {
    List<String> names = set.stream().map(LabelledText::label).toList();
    Labels labels = Labels.of(names);
    if (labels.size() == 1) {
      return 1;
    }
    float[][] vectors = encoder.encode(set.stream().map(LabelledText::text).toList(), options);
    int[] clusters = new MiniBatchKMeans(labels.size(), BATCH, seed).fit(vectors);
    return new VMeasure().score(labels.numbers(names), clusters);
  }
}
