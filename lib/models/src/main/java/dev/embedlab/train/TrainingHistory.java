package dev.embedlab.train;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a training run went through.
 *
 * @param losses one for each step
 * @param evaluations in the order they were made
 * @param outcome why the run ended
 * @param time of this process; a resumed run counts from its resumption
 */
public record TrainingHistory(
    List<Float> losses, List<Scored> evaluations, Outcome outcome, Duration time) {

  /** Why a run ended. */
  public enum Outcome {
    /** All steps were made. */
    FINISHED,
    /** The evaluation had not risen for as long as was asked. */
    STOPPED_EARLY,
    /** The thread was interrupted; a checkpoint was written if a folder was named. */
    INTERRUPTED
  }

  /** The score after a number of steps. */
  public record Scored(long step, double score) {}

  public TrainingHistory {
    losses = List.copyOf(losses);
    evaluations = List.copyOf(evaluations);
  }

  /** Mean loss of the last {@code steps} steps, or of all if there are fewer. */
  public double lastLoss(int steps) {
    return losses.stream()
        .skip(Math.max(0, losses.size() - steps))
        .mapToDouble(Float::doubleValue)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * The step after which the evaluation was best; its weights were kept. Empty if no score was a
   * number.
   */
  public OptionalLong bestStep() {
    return evaluations.stream()
        .filter(scored -> !Double.isNaN(scored.score()))
        .max(java.util.Comparator.comparingDouble(Scored::score))
        .map(scored -> OptionalLong.of(scored.step()))
        .orElse(OptionalLong.empty());
  }
}
