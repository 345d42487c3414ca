package dev.embedlab.train;

import static java.util.Objects.requireNonNull;

import dev.embedlab.train.loss.Loss;
import java.util.List;

/**
 * One data set with the loss it is trained by.
 *
 * @param name as reports show it
 * @param examples all with the same number of texts, but for losses that allow ragged negatives
 * @param loss made small on each batch
 * @param sampler decides which examples share a batch
 */
public record TrainingTask(
    String name, List<TrainingExample> examples, Loss loss, BatchSampler sampler) {

  public TrainingTask {
    requireNonNull(name, "name");
    requireNonNull(loss, "loss");
    requireNonNull(sampler, "sampler");
    examples = List.copyOf(examples);
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("Task '%s' has no examples.".formatted(name));
    }
    int width = examples.getFirst().texts().size();
    int least = loss.allowsRaggedNegatives() ? Math.min(2, width) : width;
    int most = loss.allowsRaggedNegatives() ? Integer.MAX_VALUE : width;
    for (int i = 0; i < examples.size(); i++) {
      int size = examples.get(i).texts().size();
      if (size < least || size > most) {
        throw new IllegalArgumentException(
            "Task '%s': example %d has %d texts, the first one has %d; split them into two tasks."
                .formatted(name, i, size, width));
      }
    }
  }

  /** How batches of several tasks follow each other. */
  public enum Mixing {
    /** Every batch of every task once an epoch, in random order: big data sets come up more. */
    PROPORTIONAL,
    /** The tasks in turn, until the smallest is used up: each counts the same. */
    ROUND_ROBIN
  }
}
