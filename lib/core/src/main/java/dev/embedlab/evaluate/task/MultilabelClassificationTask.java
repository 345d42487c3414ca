package dev.embedlab.evaluate.task;

import dev.embedlab.data.LabelledText;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.learn.NearestNeighbors;
import dev.embedlab.metrics.MultilabelScores;
import dev.embedlab.sampling.NumpyGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Classification of texts with several labels: ten times, the five nearest of some training texts
 * vote on each label of the test texts. Main score {@code accuracy}: all labels of a text right.
 *
 * <p>Training texts are taken in an order shuffled by NumPy's {@code default_rng(seed)} as long as
 * one of their labels still lacks examples.
 *
 * @param name as result files show it
 * @param train texts to learn from
 * @param test texts to predict
 * @param samplesPerLabel examples wanted of each label, 8 in most MTEB tasks
 * @param experiments number of runs, 10 in MTEB
 * @param seed of the shuffles, 42 in MTEB
 */
public record MultilabelClassificationTask(
    String name,
    List<LabelledText> train,
    List<LabelledText> test,
    int samplesPerLabel,
    int experiments,
    long seed)
    implements EmbeddingTask {

  public MultilabelClassificationTask {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /** With MTEB's usual 8 texts a label, 10 runs and seed 42. */
  public MultilabelClassificationTask(
      String name, List<LabelledText> train, List<LabelledText> test) {
    this(name, train, test, 8, 10, 42);
  }

  @Override
  public TaskType type() {
    return TaskType.MULTILABEL_CLASSIFICATION;
  }

  /** Positions of the training texts of each run. */
  List<int[]> samples() {
    NumpyGenerator generator = new NumpyGenerator(seed);
    List<int[]> samples = new ArrayList<>();
    for (int run = 0; run < experiments; run++) {
      int[] order = IntStream.range(0, train.size()).toArray();
      generator.shuffle(order);
      Map<String, Integer> taken = new HashMap<>();
      samples.add(Arrays.stream(order).filter(i -> take(train.get(i), taken)).toArray());
    }
    return samples;
  }

  private boolean take(LabelledText text, Map<String, Integer> taken) {
    boolean wanted =
        text.labels().stream().anyMatch(label -> taken.getOrDefault(label, 0) < samplesPerLabel);
    if (wanted) {
      text.labels().forEach(label -> taken.merge(label, 1, Integer::sum));
    }
    return wanted;
  }

  @Override
  public TaskScores evaluate(Encoder encoder, EncodeOptions options) {
    Labels labels = Labels.of(test.stream().flatMap(text -> text.labels().stream()).toList());
    boolean[][] truth = indicators(labels, test);
    boolean[][] known = indicators(labels, train);
    float[][] testVectors = encoder.encode(test.stream().map(LabelledText::text).toList(), options);
    List<int[]> samples = samples();
    float[][] trainVectors = encodeSamples(encoder, options, samples);
    List<Map<String, Object>> runs = new ArrayList<>();
    double[] right = new double[test.size()];
    for (int[] sample : samples) {
      boolean[][] predicted =
          new NearestNeighbors(5)
              .predict(
                  Arrays.stream(sample).mapToObj(i -> trainVectors[i]).toArray(float[][]::new),
                  Arrays.stream(sample).mapToObj(i -> known[i]).toArray(boolean[][]::new),
                  testVectors);
      runs.add(scores(MultilabelScores.of(truth, predicted)));
      for (int i = 0; i < right.length; i++) {
        right[i] += Arrays.equals(truth[i], predicted[i]) ? 1.0 / experiments : 0;
      }
    }
    return new TaskScores(name, type(), "accuracy", Resampled.mean(right), Means.of(runs));
  }

  /** Vectors at the positions of the training texts that any run uses. */
  private float[][] encodeSamples(Encoder encoder, EncodeOptions options, List<int[]> samples) {
    int[] used = samples.stream().flatMapToInt(Arrays::stream).distinct().sorted().toArray();
    float[][] vectors =
        encoder.encode(Arrays.stream(used).mapToObj(i -> train.get(i).text()).toList(), options);
    float[][] all = new float[train.size()][];
    for (int i = 0; i < used.length; i++) {
      all[used[i]] = vectors[i];
    }
    return all;
  }

  private static boolean[][] indicators(Labels labels, List<LabelledText> texts) {
    return texts.stream()
        .map(
            text -> {
              boolean[] row = new boolean[labels.size()];
              for (int label : labels.numbers(text.labels())) {
                if (label >= 0) {
                  row[label] = true;
                }
              }
              return row;
            })
        .toArray(boolean[][]::new);
  }

  private static Map<String, Object> scores(MultilabelScores scores) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("accuracy", scores.accuracy());
    map.put("lrap", scores.lrap());
    map.put("f1", scores.f1());
    map.put("hamming", scores.hamming());
    return map;
  }
}
