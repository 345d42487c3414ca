package dev.embedlab.evaluate.task;

import dev.embedlab.data.LabelledText;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.learn.MiniBatchKMeans;
import dev.embedlab.metrics.VMeasure;
import dev.embedlab.sampling.PythonRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Clustering, MTEB's second version: embeds a sample of the texts, ten times draws 16,384 of them
 * with replacement, clusters those by mini-batch k-means into as many clusters as labels and
 * compares with the labels. Main score {@code v_measure}, the mean of the ten. Hierarchical labels
 * are scored level by level.
 *
 * <p>The sample and the draws come from one Python {@code random.Random(seed)}. The interval shows
 * how the ten draws vary, not how other texts would.
 *
 * @param name as result files show it
 * @param texts with one label a level
 * @param sampling how much is embedded and drawn
 * @param seed of sample, draws and k-means, 42 in MTEB
 */
public record ClusteringTask(String name, List<LabelledText> texts, Sampling sampling, long seed)
    implements EmbeddingTask {

  /**
   * @param embedded texts embedded at most; 0 for all
   * @param drawn texts in each experiment, 16,384 in MTEB
   * @param experiments number of draws, 10 in MTEB
   * @param batchSize of k-means, 512 in MTEB
   */
  public record Sampling(int embedded, int drawn, int experiments, int batchSize) {

    /** MTEB's: 4 % of the texts embedded. */
    public static Sampling standard(int texts) {
      return new Sampling((int) (0.04 * texts), 16_384, 10, 512);
    }

    /** All texts embedded, else as MTEB's: for small data sets. */
    public static Sampling ofAll() {
      return new Sampling(0, 16_384, 10, 512);
    }
  }

  public ClusteringTask {
    texts = List.copyOf(texts);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("There are no texts to cluster.");
    }
  }

  /** With MTEB's sampling and seed 42. */
  public ClusteringTask(String name, List<LabelledText> texts) {
    this(name, texts, Sampling.standard(texts.size()), 42);
  }

  @Override
  public TaskType type() {
    return TaskType.CLUSTERING;
  }

  @Override
  public TaskScores evaluate(Encoder encoder, EncodeOptions options) {
    PythonRandom random = new PythonRandom(seed);
    List<LabelledText> sample = sample(random);
    float[][] vectors = encoder.encode(sample.stream().map(LabelledText::text).toList(), options);
    int levels = sample.stream().mapToInt(text -> text.labels().size()).max().orElse(0);
    Map<String, Object> byLevel = new LinkedHashMap<>();
    List<Double> all = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      double[] values = level(sample, vectors, level, random);
      byLevel.put("Level " + level, Arrays.stream(values).boxed().toList());
      Arrays.stream(values).forEach(all::add);
    }
    double[] values = all.stream().mapToDouble(Double::doubleValue).toArray();
    Map<String, Object> scores = new LinkedHashMap<>();
    scores.put("v_measures", byLevel);
    scores.put("v_measure", Arrays.stream(values).average().orElse(0));
    scores.put("v_measure_std", Means.deviation(values));
    return new TaskScores(name, type(), "v_measure", Resampled.mean(values), scores);
  }

  private List<LabelledText> sample(PythonRandom random) {
    if (sampling.embedded == 0) {
      return texts;
    }
    int size = Math.min(sampling.embedded, texts.size());
    return Arrays.stream(random.sample(texts.size(), size)).mapToObj(texts::get).toList();
  }

  private double[] level(
      List<LabelledText> sample, float[][] vectors, int level, PythonRandom random) {
    List<String> known =
        sample.stream()
            .filter(text -> text.labels().size() > level)
            .map(text -> text.labels().get(level))
            .toList();
    // MTEB marks missing levels by -1 and drops those, but among names NumPy turns it into a name.
    boolean dropped = Labels.areNumbers(known);
    int[] valid =
        IntStream.range(0, sample.size())
            .filter(i -> !dropped || sample.get(i).labels().size() > level)
            .toArray();
    List<String> names = Arrays.stream(valid).mapToObj(i -> labelAt(sample.get(i), level)).toList();
    Labels labels = Labels.of(names);
    int[] numbers = labels.numbers(names);
    double[] values = new double[sampling.experiments];
    for (int e = 0; e < values.length; e++) {
      int[] drawn = random.choices(valid.length, sampling.drawn);
      float[][] x = Arrays.stream(drawn).mapToObj(i -> vectors[valid[i]]).toArray(float[][]::new);
      int[] truth = Arrays.stream(drawn).map(i -> numbers[i]).toArray();
      int[] clusters = new MiniBatchKMeans(labels.size(), sampling.batchSize, seed).fit(x);
      values[e] = new VMeasure().score(truth, clusters);
    }
    return values;
  }

  private static String labelAt(LabelledText text, int level) {
    return text.labels().size() > level ? text.labels().get(level) : "-1";
  }
}
