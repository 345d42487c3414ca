package dev.embedlab.train;

import java.util.List;

/**
 * What a training run went through.
 *
 * @param losses one for each step
 */
public record TrainingHistory(List<Float> losses) {

  public TrainingHistory {
    losses = List.copyOf(losses);
  }

  /** Mean loss of the last {@code steps} steps, or of all if there are fewer. */
  public double lastLoss(int steps) {
    return losses.stream()
        .skip(Math.max(0, losses.size() - steps))
        .mapToDouble(Float::doubleValue)
        .average()
        .orElse(Double.NaN);
  }
}
