package dev.embedlab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.progress.Progress;
import dev.embedlab.train.optimize.AdamW;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One run of a {@link Trainer}: its place in the plan, its optimizer and what it has seen. */
final class TrainingRun implements AutoCloseable {

  private final TrainerSettings settings;
  private final TrainableEncoder encoder;
  private final List<TrainingTask> tasks;
  private final NDManager manager;
  private final Map<String, NDArray> trained = new LinkedHashMap<>();
  private final AdamW optimizer;
  private final GradientStep gradients;
  private final List<BatchPlan.Batch> batches;
  private final String fingerprint;
  private final long totalSteps;
  private final List<Float> losses = new ArrayList<>();
  private final List<TrainingHistory.Scored> evaluations = new ArrayList<>();
  private final Map<String, float[]> best = new LinkedHashMap<>();

  /** Whether the last step and the evaluation after it are complete. */
  private boolean whole = true;

  TrainingRun(TrainerSettings settings, TrainableEncoder encoder, List<TrainingTask> tasks) {
    this.settings = settings;
    this.encoder = encoder;
    this.tasks = tasks;
    // What can be refused comes before what must be closed.
    this.batches = plan(settings, tasks);
    settings.requireUsed(tasks, encoder.weights().keySet());
    this.fingerprint = settings.fingerprint(tasks, batches);
    this.manager = NDManager.newBaseManager("PyTorch");
    this.optimizer = new AdamW(manager, groups(), settings.adam());
    this.gradients = new GradientStep(encoder, settings.teacher(), settings.prompts(), manager);
    long steps = (batches.size() + settings.accumulation() - 1) / settings.accumulation();
    this.totalSteps = settings.maxSteps() == 0 ? steps : Math.min(steps, settings.maxSteps());
  }

  private static List<BatchPlan.Batch> plan(TrainerSettings settings, List<TrainingTask> tasks) {
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("There are no tasks to train on; give at least one.");
    }
    List<BatchPlan.Batch> batches =
        BatchPlan.of(
                tasks, settings.mixing(), settings.epochs(), settings.batchSize(), settings.seed())
            .batches();
    if (batches.isEmpty()) {
      String examples =
          tasks.stream()
              .map(task -> "%d of task '%s'".formatted(task.examples().size(), task.name()))
              .collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          "No batch of size %d can be made of the examples (%s); the sampler without duplicates needs two examples that share no text and a batch size of at least 2."
              .formatted(settings.batchSize(), examples));
    }
    return batches;
  }

  private List<AdamW.Group> groups() {
    Map<Map.Entry<Double, Double>, List<NDArray>> groups = new LinkedHashMap<>();
    encoder
        .weights()
        .forEach(
            (name, weight) -> {
              WeightRule rule = WeightRule.find(settings.rules(), name);
              weight.setRequiresGradient(rule.learningRateFactor() > 0);
              if (rule.learningRateFactor() > 0) {
                trained.put(name, weight);
                groups.computeIfAbsent(rule.settings(), s -> new ArrayList<>()).add(weight);
              }
            });
    if (trained.isEmpty()) {
      throw new IllegalArgumentException("All weights are frozen; nothing is left to train.");
    }
    ZeroGradients.set(manager, trained.values());
    encoder.stepDiscarded();
    return groups.entrySet().stream()
        .map(g -> new AdamW.Group(g.getValue(), g.getKey().getValue(), g.getKey().getKey()))
        .toList();
  }

  TrainingHistory run() {
    long began = System.nanoTime();
    resume();
    tasks.forEach(
        task ->
            encoder.prepare(
                task.examples().stream().flatMap(e -> e.texts().stream()).distinct().toList()));
    TrainingHistory.Outcome outcome;
    try (Progress.Task bar = settings.progress().start("train (steps)", totalSteps)) {
      bar.advance(losses.size());
      outcome = loop(bar);
    }
    if (!best.isEmpty()) {
      TrainingState.restore(best, trained);
      encoder.weightsChanged();
    }
    Duration time = Duration.ofNanos(System.nanoTime() - began);
    return new TrainingHistory(losses, evaluations, outcome, time);
  }

  private TrainingHistory.Outcome loop(Progress.Task bar) {
    try (var guard = new ShutdownGuard(this::saveIfWhole)) {
      while (losses.size() < totalSteps) {
        guard.protect(this::makeStep);
        settings.listener().step(losses.size(), losses.getLast());
        bar.advance(1);
        bar.note(remark());
        Optional<TrainingHistory.Outcome> end = guard.protectResult(this::evaluateAndSave);
        if (end.isPresent()) {
          return end.get();
        }
      }
      return TrainingHistory.Outcome.FINISHED;
    }
  }

  private void makeStep() {
    whole = false;
    losses.add(step(losses.size()));
    whole = !evaluationDue();
  }

  private boolean evaluationDue() {
    long done = losses.size();
    return settings.evaluation().isPresent()
        && (done % settings.evaluateEvery() == 0 || done == totalSteps);
  }

  /** Why the run ends with the step just made; empty if it goes on. */
  private Optional<TrainingHistory.Outcome> evaluateAndSave() {
    if (evaluationDue() && evaluateAndMayStop(losses.size())) {
      return Optional.of(TrainingHistory.Outcome.STOPPED_EARLY);
    }
    whole = true;
    boolean interrupted = Thread.interrupted();
    if (interrupted || losses.size() % settings.checkpointEvery() == 0) {
      save();
    }
    return interrupted ? Optional.of(TrainingHistory.Outcome.INTERRUPTED) : Optional.empty();
  }

  /** What a process that is told to end does last. */
  private void saveIfWhole() {
    if (whole && !losses.isEmpty()) {
      save();
    }
  }

  /** Of a step that fails, nothing is left for the next run on the same encoder. */
  private float step(long number) {
    try {
      return update(number);
    } catch (RuntimeException | Error e) {
      ZeroGradients.set(manager, trained.values());
      encoder.stepDiscarded();
      throw e;
    }
  }

  private float update(long number) {
    int from = Math.toIntExact(number * settings.accumulation());
    int to = Math.min(batches.size(), from + settings.accumulation());
    double rows = 0;
    for (int i = from; i < to; i++) {
      rows += batches.get(i).examples().length;
    }
    encoder.stepStarts(settings.seed() * 1_000_003 + from);
    double sum = 0;
    for (int i = from; i < to; i++) {
      BatchPlan.Batch batch = batches.get(i);
      TrainingTask task = tasks.get(batch.task());
      List<TrainingExample> examples =
          Arrays.stream(batch.examples()).mapToObj(task.examples()::get).toList();
      double share = examples.size() / rows;
      long seed = settings.seed() * 1_000_003 + i;
      sum += share * gradients.run(examples, task.loss(), share, settings.cachedChunk(), seed);
      requireFinite("loss", sum, number);
    }
    encoder.gradientsReady();
    if (settings.clipNorm() > 0) {
      requireFinite("norm of the gradients", optimizer.clipGradients(settings.clipNorm()), number);
    }
    double rate = settings.learningRate() * settings.schedule().factor(number, totalSteps);
    requireFinite("learning rate of the schedule", rate, number);
    optimizer.step(rate);
    optimizer.zeroGradients();
    encoder.weightsChanged();
    return (float) sum;
  }

  /** One such number would make all weights NaN, for good. */
  private static void requireFinite(String what, double value, long number) {
    if (!Double.isFinite(value)) {
      throw new IllegalStateException(
          "The %s of step %d is %s, so training stopped before that step changed a weight; look for a learning rate that is too high, a label that is no number, or settings of the loss that divide by zero."
              .formatted(what, number + 1, value));
    }
  }

  private String remark() {
    String loss = "loss %.4f".formatted(losses.getLast());
    return evaluations.isEmpty()
        ? loss
        : "%s, %s %.4f"
            .formatted(
                loss, settings.evaluation().orElseThrow().name(), evaluations.getLast().score());
  }

  /** Scores, keeps the weights if they are the best so far, and says whether to give up. */
  private boolean evaluateAndMayStop(long done) {
    double score =
        settings.evaluation().orElseThrow().score().applyAsDouble(encoder.snapshot("step " + done));
    evaluations.add(new TrainingHistory.Scored(done, score));
    // Stays -1 while no score is a number.
    int bestAt = -1;
    double highest = Double.NaN;
    for (int i = 0; i < evaluations.size(); i++) {
      double other = evaluations.get(i).score();
      if (other > highest || Double.isNaN(highest) && !Double.isNaN(other)) {
        bestAt = i;
        highest = other;
      }
    }
    int since = evaluations.size() - 1 - bestAt;
    if (since == 0) {
      trained.forEach((name, weight) -> best.put(name, weight.toFloatArray()));
    }
    return settings.patience() > 0 && since >= settings.patience();
  }

  private void save() {
    settings
        .checkpoints()
        .ifPresent(
            folder -> {
              Map<String, float[]> tensors = new LinkedHashMap<>();
              tensorsToSave().forEach((name, array) -> tensors.put(name, array.toFloatArray()));
              best.forEach((name, values) -> tensors.put("best." + name, values));
              try {
                new TrainingState(losses.size(), losses, evaluations, tensors)
                    .save(folder, fingerprint);
              } catch (IOException e) {
                throw new UncheckedIOException("Cannot write a checkpoint to " + folder, e);
              }
            });
  }

  private void resume() {
    settings
        .checkpoints()
        .ifPresent(
            folder -> {
              try {
                TrainingState.load(folder, fingerprint).ifPresent(this::resume);
              } catch (IOException e) {
                throw new UncheckedIOException("Cannot read the checkpoint in " + folder, e);
              }
            });
  }

  private void resume(TrainingState state) {
    losses.addAll(state.losses());
    evaluations.addAll(state.evaluations());
    TrainingState.restore(state.tensors(), tensorsToSave());
    encoder.weightsChanged();
    state
        .tensors()
        .forEach(
            (name, values) -> {
              if (name.startsWith("best.")) {
                best.put(name.substring("best.".length()), values);
              }
            });
  }

  private Map<String, NDArray> tensorsToSave() {
    Map<String, NDArray> all = new LinkedHashMap<>();
    trained.forEach((name, weight) -> all.put("weight." + name, weight));
    all.putAll(optimizer.state());
    return all;
  }

  @Override
  public void close() {
    optimizer.close();
    manager.close();
  }
}
