package dev.embedlab.evaluate.task;

import dev.embedlab.data.LabelledText;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.learn.LogisticRegression;
import dev.embedlab.sampling.NumpyRandomState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Classification with few examples: ten times, a logistic regression learns from some training
 * texts of each label and predicts the test texts. Main score {@code accuracy}, the mean of the
 * ten.
 *
 * <p>The training texts of a run are the first {@code samplesPerLabel} of each label after a
 * shuffle with NumPy's {@code RandomState(seed)}; every run shuffles the order of the last.
 *
 * @param name as result files show it
 * @param train texts to learn from
 * @param test texts to predict
 * @param samplesPerLabel training texts of each label, 8 in most MTEB tasks
 * @param experiments number of runs, 10 in MTEB
 * @param seed of the shuffles, 42 in MTEB
 */
public record ClassificationTask(
    String name,
    List<LabelledText> train,
    List<LabelledText> test,
    int samplesPerLabel,
    int experiments,
    long seed)
    implements EmbeddingTask {

  public ClassificationTask {
    train = List.copyOf(train);
    test = List.copyOf(test);
    if (train.isEmpty() || test.isEmpty() || samplesPerLabel < 1 || experiments < 1) {
      throw new IllegalArgumentException(
          "Classification needs training and test texts, samples and runs, but has %d, %d, %d, %d."
              .formatted(train.size(), test.size(), samplesPerLabel, experiments));
    }
  }

  /** With MTEB's usual 8 texts a label, 10 runs and seed 42. */
  public ClassificationTask(String name, List<LabelledText> train, List<LabelledText> test) {
    this(name, train, test, 8, 10, 42);
  }

  public ClassificationTask withSamplesPerLabel(int value) {
    return new ClassificationTask(name, train, test, value, experiments, seed);
  }

  @Override
  public TaskType type() {
    return TaskType.CLASSIFICATION;
  }

  /** Positions of the training texts of each run. */
  List<int[]> samples() {
    int[] order = IntStream.range(0, train.size()).toArray();
    List<int[]> samples = new ArrayList<>();
    for (int run = 0; run < experiments; run++) {
      new NumpyRandomState(seed).shuffle(order);
      Map<String, Integer> taken = new LinkedHashMap<>();
      samples.add(
          Arrays.stream(order)
              .filter(i -> taken.merge(train.get(i).label(), 1, Integer::sum) <= samplesPerLabel)
              .toArray());
    }
    return samples;
  }

  @Override
  public TaskScores evaluate(Encoder encoder, EncodeOptions options) {
    Labels labels =
        Labels.of(Stream.concat(train.stream(), test.stream()).map(LabelledText::label).toList());
    int[] known = labels.numbers(train.stream().map(LabelledText::label).toList());
    int[] truth = labels.numbers(test.stream().map(LabelledText::label).toList());
    float[][] testVectors = encoder.encode(test.stream().map(LabelledText::text).toList(), options);
    Map<Integer, float[]> trainVectors = encodeSamples(encoder, options);
    List<Map<String, Object>> runs = new ArrayList<>();
    double[] right = new double[test.size()];
    for (int[] sample : samples()) {
      float[][] vectors = Arrays.stream(sample).mapToObj(trainVectors::get).toArray(float[][]::new);
      int[] targets = Arrays.stream(sample).map(i -> known[i]).toArray();
      int[] predicted = LogisticRegression.fit(vectors, targets).predict(testVectors);
      runs.add(PredictionScores.of(truth, predicted, labels.positive()));
      for (int i = 0; i < right.length; i++) {
        right[i] += predicted[i] == truth[i] ? 1.0 / experiments : 0;
      }
    }
    return new TaskScores(name, type(), "accuracy", Resampled.mean(right), Means.of(runs));
  }

  /** Encodes every training text once that any run learns from. */
  private Map<Integer, float[]> encodeSamples(Encoder encoder, EncodeOptions options) {
    int[] used = samples().stream().flatMapToInt(Arrays::stream).distinct().sorted().toArray();
    float[][] vectors =
        encoder.encode(Arrays.stream(used).mapToObj(i -> train.get(i).text()).toList(), options);
    Map<Integer, float[]> byPosition = new LinkedHashMap<>();
    for (int i = 0; i < used.length; i++) {
      byPosition.put(used[i], vectors[i]);
    }
    return byPosition;
  }
}
