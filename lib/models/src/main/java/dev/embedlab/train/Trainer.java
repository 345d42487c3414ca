package dev.embedlab.train;

import static java.util.Objects.requireNonNull;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.embedlab.progress.Progress;
import dev.embedlab.train.loss.Embeddings;
import dev.embedlab.train.loss.Loss;
import dev.embedlab.train.loss.MultipleNegativesRanking;
import dev.embedlab.train.optimize.AdamW;
import dev.embedlab.train.optimize.Schedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The training loop. */
public final class Trainer {

  private final Builder options;

  private Trainer(Builder options) {
    this.options = options;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Trains the encoder in place. */
  public TrainingHistory train(TrainableEncoder encoder, List<TrainingExample> examples) {
    Map<String, int[]> tokens = tokenizeOnce(encoder, examples);
    List<List<int[]>> epochs = new ArrayList<>();
    long total = 0;
    for (int epoch = 0; epoch < options.epochs; epoch++) {
      epochs.add(options.sampler.batches(examples, options.batchSize, options.seed + epoch));
      total += epochs.getLast().size();
    }
    List<Float> losses = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        AdamW optimizer = new AdamW(manager, groups(encoder), new AdamW.Settings());
        Progress.Task task = options.progress.start("train (steps)", total)) {
      for (List<int[]> epoch : epochs) {
        for (int[] batch : epoch) {
          losses.add(step(manager, encoder, optimizer, columns(examples, batch, tokens)));
          double factor = options.schedule.factor(losses.size(), total);
          optimizer.step(options.learningRate * factor);
          optimizer.zeroGradients();
          task.advance(1);
          task.note("loss %.4f".formatted(losses.getLast()));
        }
      }
    }
    return new TrainingHistory(losses);
  }

  private float step(
      NDManager manager, TrainableEncoder encoder, AdamW optimizer, List<List<int[]>> columns) {
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      List<NDArray> embeddings =
          columns.stream().map(column -> encoder.forward(step, column)).toList();
      NDArray loss = options.loss.compute(Embeddings.of(embeddings.toArray(NDArray[]::new)));
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  private List<AdamW.Group> groups(TrainableEncoder encoder) {
    return List.of(
        new AdamW.Group(List.copyOf(encoder.weights().values()), options.weightDecay, 1));
  }

  private static List<List<int[]>> columns(
      List<TrainingExample> examples, int[] batch, Map<String, int[]> tokens) {
    int width = examples.get(batch[0]).texts().size();
    List<List<int[]>> columns = new ArrayList<>();
    for (int column = 0; column < width; column++) {
      List<int[]> rows = new ArrayList<>(batch.length);
      for (int position : batch) {
        rows.add(tokens.get(examples.get(position).texts().get(column)));
      }
      columns.add(rows);
    }
    return columns;
  }

  private static Map<String, int[]> tokenizeOnce(
      TrainableEncoder encoder, List<TrainingExample> examples) {
    List<String> texts = examples.stream().flatMap(e -> e.texts().stream()).distinct().toList();
    List<int[]> ids = encoder.tokenize(texts);
    Map<String, int[]> tokens = HashMap.newHashMap(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      tokens.put(texts.get(i), ids.get(i));
    }
    return tokens;
  }

  /** Defaults: one epoch of 32 without duplicates, MNRL, linear schedule with 10 % warm-up. */
  public static final class Builder {
    private Loss loss = new MultipleNegativesRanking();
    private BatchSampler sampler = BatchSampler.noDuplicates();
    private Schedule schedule = Schedule.linear(0.1);
    private int epochs = 1;
    private int batchSize = 32;
    private double learningRate = 2e-5;
    private double weightDecay = 0;
    private long seed = 42;
    private Progress progress = Progress.none();

    private Builder() {}

    public Builder loss(Loss value) {
      loss = requireNonNull(value, "loss");
      return this;
    }

    public Builder sampler(BatchSampler value) {
      sampler = requireNonNull(value, "sampler");
      return this;
    }

    public Builder schedule(Schedule value) {
      schedule = requireNonNull(value, "schedule");
      return this;
    }

    public Builder epochs(int value) {
      epochs = value;
      return this;
    }

    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    public Builder weightDecay(double value) {
      weightDecay = value;
      return this;
    }

    public Builder seed(long value) {
      seed = value;
      return this;
    }

    public Builder progress(Progress value) {
      progress = requireNonNull(value, "progress");
      return this;
    }

    public Trainer build() {
      return new Trainer(this);
    }
  }
}
