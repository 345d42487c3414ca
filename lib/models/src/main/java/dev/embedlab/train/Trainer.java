package dev.embedlab.train;

import static java.util.Objects.requireNonNull;

import dev.embedlab.encode.Encoder;
import dev.embedlab.progress.Progress;
import dev.embedlab.train.loss.Loss;
import dev.embedlab.train.loss.MultipleNegativesRanking;
import dev.embedlab.train.optimize.AdamW;
import dev.embedlab.train.optimize.Schedule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains an encoder in place.
 *
 * <pre>{@code
 * TrainingHistory history = Trainer.builder()
 *     .epochs(1)
 *     .batchSize(32)
 *     .learningRate(2e-5)
 *     .evaluate(Evaluation.retrieval(data, "dev"), 100)
 *     .build()
 *     .train(encoder, TrainingPairs.of(data, "train"));
 * }</pre>
 *
 * <p>A run is a function of data, settings, seed and initial weights (to the bit, with one thread).
 * With a folder for checkpoints, a run that was killed goes on from the last one and ends with the
 * same weights as one that was not. A process that is told to end (SIGTERM, Ctrl-C) finishes the
 * step and saves it first, which takes {@link ShutdownGuard#PATIENCE_SECONDS} seconds at most. One
 * run at a time in a process: DJL records gradients globally.
 */
public final class Trainer {

  private final TrainerSettings settings;
  private final Loss loss;
  private final BatchSampler sampler;

  private Trainer(Builder options) {
    this.settings = options.settings();
    this.loss = options.loss;
    this.sampler = options.sampler;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Trains on one data set with the loss and sampler of the builder.
   *
   * @throws IllegalArgumentException if the sampler makes no batch of the examples
   * @throws IllegalStateException at the first loss or gradient that is not finite, with the
   *     weights as they were before that step
   */
  public TrainingHistory train(TrainableEncoder encoder, List<TrainingExample> examples) {
    return trainAll(encoder, List.of(new TrainingTask("train", examples, loss, sampler)));
  }

  /**
   * Trains on several data sets, each with its own loss and sampler; throws as {@link #train} does.
   */
  public TrainingHistory trainAll(TrainableEncoder encoder, List<TrainingTask> tasks) {
    try (TrainingRun run = new TrainingRun(settings, encoder, List.copyOf(tasks))) {
      return run.run();
    }
  }

  /** Defaults: one epoch of 32 without duplicates, MNRL, linear schedule with 10 % warm-up. */
  public static final class Builder {
    private Loss loss = new MultipleNegativesRanking();
    private BatchSampler sampler = BatchSampler.noDuplicates();
    private int epochs = 1;
    private long maxSteps;
    private int batchSize = 32;
    private int accumulation = 1;
    private int cachedChunk;
    private double learningRate = 2e-5;
    private Schedule schedule = Schedule.linear(0.1);
    private AdamW.Settings adam = new AdamW.Settings();
    private final List<WeightRule> rules = new ArrayList<>();
    private double clipNorm = 1;
    private TrainingTask.Mixing mixing = TrainingTask.Mixing.PROPORTIONAL;
    private List<String> prompts = List.of();
    private Optional<Encoder> teacher = Optional.empty();
    private Optional<Evaluation> evaluation = Optional.empty();
    private int evaluateEvery = 100;
    private int patience;
    private Optional<Path> checkpoints = Optional.empty();
    private int checkpointEvery = 100;
    private long seed = 42;
    private Progress progress = Progress.none();
    private StepListener listener = (step, loss) -> {};

    private Builder() {}

    /** Default {@link MultipleNegativesRanking}. */
    public Builder loss(Loss value) {
      loss = requireNonNull(value, "loss");
      return this;
    }

    /** Default {@link BatchSampler#noDuplicates()}. */
    public Builder sampler(BatchSampler value) {
      sampler = requireNonNull(value, "sampler");
      return this;
    }

    /** Passes over the examples; default 1. */
    public Builder epochs(int value) {
      epochs = value;
      return this;
    }

    /** Steps after which to end even within an epoch; default 0, no limit. */
    public Builder maxSteps(long value) {
      maxSteps = value;
      return this;
    }

    /** Examples in a batch; default 32. */
    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    /** Batches whose gradients are averaged for one step; default 1. */
    public Builder accumulation(int value) {
      accumulation = value;
      return this;
    }

    /** Texts embedded at a time while the loss still sees the whole batch; default 0, all. */
    public Builder cachedGradients(int chunk) {
      cachedChunk = chunk;
      return this;
    }

    /** Highest learning rate; default 2e-5. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** Default {@link Schedule#linear} with a tenth of the steps as warm-up. */
    public Builder schedule(Schedule value) {
      schedule = requireNonNull(value, "schedule");
      return this;
    }

    public Builder adam(AdamW.Settings value) {
      adam = requireNonNull(value, "adam");
      return this;
    }

    /** Adds rules for rate, decay and freezing; for each weight the first that matches counts. */
    public Builder rules(List<WeightRule> value) {
      rules.addAll(value);
      return this;
    }

    /** Adds {@link WeightRule#freeze}. */
    public Builder freeze(String namePattern) {
      rules.add(WeightRule.freeze(namePattern));
      return this;
    }

    /** Largest norm of all gradients together; default 1, 0 for no limit. */
    public Builder clipNorm(double value) {
      clipNorm = value;
      return this;
    }

    /** How batches of several tasks follow each other. */
    public Builder mixing(TrainingTask.Mixing value) {
      mixing = requireNonNull(value, "mixing");
      return this;
    }

    /** Text put in front of each column, for example {@code "query: ", "passage: "}. */
    public Builder prompts(String... byColumn) {
      prompts = List.of(byColumn);
      return this;
    }

    /** For the losses that learn from another encoder. */
    public Builder teacher(Encoder value) {
      teacher = Optional.of(value);
      return this;
    }

    /** Scores every {@code steps} steps and at the end, and keeps the best weights. */
    public Builder evaluate(Evaluation value, int steps) {
      evaluation = Optional.of(value);
      evaluateEvery = steps;
      return this;
    }

    /** Stops when this many evaluations in a row were no better; default 0, never. */
    public Builder patience(int evaluations) {
      patience = evaluations;
      return this;
    }

    /** Saves the state every {@code steps} steps, and goes on from it when run again. */
    public Builder checkpoints(Path folder, int steps) {
      checkpoints = Optional.of(folder);
      checkpointEvery = steps;
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

    /** Called after every step, for example by a live chart. */
    public Builder onStep(StepListener value) {
      listener = requireNonNull(value, "listener");
      return this;
    }

    public Trainer build() {
      return new Trainer(this);
    }

    private TrainerSettings settings() {
      return new TrainerSettings(
          epochs,
          maxSteps,
          batchSize,
          accumulation,
          cachedChunk,
          learningRate,
          schedule,
          adam,
          rules,
          clipNorm,
          mixing,
          prompts,
          teacher,
          evaluation,
          evaluateEvery,
          patience,
          checkpoints,
          checkpointEvery,
          seed,
          progress,
          listener);
    }
  }
}
