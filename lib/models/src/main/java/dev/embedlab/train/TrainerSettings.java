package dev.embedlab.train;

import dev.embedlab.encode.Encoder;
import dev.embedlab.progress.Progress;
import dev.embedlab.train.optimize.AdamW;
import dev.embedlab.train.optimize.Schedule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

  /** What a checkpoint must have been made with for a resumed run to be the same run. */
  String fingerprint(List<TrainingTask> tasks) {
    int data = 17;
    for (TrainingTask task : tasks) {
      data = 31 * data + task.examples().hashCode();
      data = 31 * data + task.loss().name().hashCode();
    }
    return "epochs=%d maxSteps=%d batch=%d accumulation=%d chunk=%d rate=%s clip=%s seed=%d data=%08x"
        .formatted(
            epochs,
            maxSteps,
            batchSize,
            accumulation,
            cachedChunk,
            learningRate,
            clipNorm,
            seed,
            data);
  }
}
