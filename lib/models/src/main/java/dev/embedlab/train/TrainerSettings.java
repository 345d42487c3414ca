package dev.embedlab.train;

import dev.embedlab.encode.Encoder;
import dev.embedlab.progress.Progress;
import dev.embedlab.train.optimize.AdamW;
import dev.embedlab.train.optimize.Schedule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Everything a {@link Trainer} was told; see its builder for the meaning of each. */
record TrainerSettings(
    int epochs,
    long maxSteps,
    int batchSize,
    int accumulation,
    int cachedChunk,
    double learningRate,
    Schedule schedule,
    AdamW.Settings adam,
    List<WeightRule> rules,
    double clipNorm,
    TrainingTask.Mixing mixing,
    List<String> prompts,
    Optional<Encoder> teacher,
    Optional<Evaluation> evaluation,
    int evaluateEvery,
    int patience,
    Optional<Path> checkpoints,
    int checkpointEvery,
    long seed,
    Progress progress,
    StepListener listener) {

  private static final long SCHEDULE_SAMPLES = 1000;

  TrainerSettings {
    rules = List.copyOf(rules);
    prompts = List.copyOf(prompts);
    require("epochs", epochs, 1);
    require("maxSteps", maxSteps, 0);
    require("batchSize", batchSize, 1);
    require("accumulation", accumulation, 1);
    require("cachedChunk", cachedChunk, 0);
    require("evaluateEvery", evaluateEvery, 1);
    require("patience", patience, 0);
    require("checkpointEvery", checkpointEvery, 1);
    if (!(clipNorm >= 0)) {
      throw new IllegalArgumentException(
          "clipNorm must be positive, or 0 for no limit, but is %s.".formatted(clipNorm));
    }
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new IllegalArgumentException(
          "learningRate must be positive and finite, but is %s.".formatted(learningRate));
    }
  }

  private static void require(String name, long value, long atLeast) {
    if (value < atLeast) {
      throw new IllegalArgumentException(
          "%s must be at least %d, but is %d.".formatted(name, atLeast, value));
    }
  }

  /** Refuses prompts and rules that would do nothing. */
  void requireUsed(List<TrainingTask> tasks, Collection<String> weights) {
    int columns =
        tasks.stream()
            .flatMap(task -> task.examples().stream())
            .mapToInt(example -> example.texts().size())
            .max()
            .orElse(0);
    if (prompts.size() > columns) {
      throw new IllegalArgumentException(
          "There are %d prompts, but the examples have at most %d texts; give one prompt for each text."
              .formatted(prompts.size(), columns));
    }
    for (WeightRule rule : rules) {
      // Rules for decay are general: adapters, for example, have no biases to leave out.
      if (rule.learningRateFactor() != 1 && weights.stream().noneMatch(rule.name().asPredicate())) {
        throw new IllegalArgumentException(
            "The rule '%s' for freezing or learning rate matches none of the %d weights, such as %s."
                .formatted(rule.name(), weights.size(), weights.stream().limit(3).toList()));
      }
    }
  }

  /**
   * What a checkpoint must have been made with for a resumed run to be the same run; the same in
   * every process. Samplers, mixing and schedules count by what they give.
   */
  String fingerprint(List<TrainingTask> tasks, List<BatchPlan.Batch> batches) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("epochs", epochs);
    parts.put("maxSteps", maxSteps);
    parts.put("batchSize", batchSize);
    parts.put("accumulation", accumulation);
    parts.put("cachedGradients", cachedChunk);
    parts.put("learningRate", learningRate);
    parts.put("schedule", hex(scheduleHash()));
    parts.put("adam", adam);
    parts.put("rules", rules);
    parts.put("clipNorm", clipNorm);
    parts.put("mixing", mixing);
    parts.put("prompts", prompts);
    parts.put("teacher", teacher.map(Encoder::name).orElse(""));
    parts.put("evaluation", evaluation.map(e -> e.name() + " every " + evaluateEvery).orElse(""));
    parts.put("patience", patience);
    parts.put("seed", seed);
    parts.put("losses", tasks.stream().map(task -> StableText.of(task.loss())).toList());
    parts.put("data", hex(tasks.stream().map(TrainingTask::examples).toList().hashCode()));
    parts.put("batches", hex(hash(batches)));
    return parts.entrySet().stream()
        .map(part -> part.getKey() + "=" + part.getValue())
        .collect(Collectors.joining(TrainingState.BETWEEN));
  }

  private static String hex(int hash) {
    return "%08x".formatted(hash);
  }

  /** Of the whole curve, rounded, for a cosine may differ in its last bit between machines. */
  private int scheduleHash() {
    int hash = 17;
    for (long step = 0; step < SCHEDULE_SAMPLES; step++) {
      hash = 31 * hash + Long.hashCode(Math.round(1e6 * schedule.factor(step, SCHEDULE_SAMPLES)));
    }
    return hash;
  }

  private static int hash(List<BatchPlan.Batch> batches) {
    int hash = 17;
    for (BatchPlan.Batch batch : batches) {
      hash = 31 * (31 * hash + batch.task()) + Arrays.hashCode(batch.examples());
    }
    return hash;
  }
}
