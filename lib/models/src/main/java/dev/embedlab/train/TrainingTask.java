package dev.embedlab.train;

import static java.util.Objects.requireNonNull;

import dev.embedlab.train.loss.Loss;
import java.util.List;
import java.util.Optional;

/**
 * One data set with the loss it is trained by.
 *
 * @param name as reports show it
 * @param examples all with the same number of texts, but for losses that allow ragged negatives,
 *     and all with the same number of labels, such as the loss needs
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
    requireLikeTexts(name, examples, loss);
    requireLabels(name, examples, loss, sampler);
  }

  private static void requireLikeTexts(String name, List<TrainingExample> examples, Loss loss) {
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

  private static void requireLabels(
      String name, List<TrainingExample> examples, Loss loss, BatchSampler sampler) {
    int count = examples.getFirst().labels().size();
    for (int i = 0; i < examples.size(); i++) {
      List<Float> labels = examples.get(i).labels();
      Optional<String> fault = faultOf(labels, count, loss, sampler);
      if (fault.isPresent()) {
        String found = labels.isEmpty() ? "no labels" : "the labels " + labels;
        throw new IllegalArgumentException(
            "Task '%s': example %d has %s, but %s.".formatted(name, i, found, fault.get()));
      }
    }
  }

  /** What the labels of an example should be and are not. */
  private static Optional<String> faultOf(
      List<Float> labels, int count, Loss loss, BatchSampler sampler) {
    Optional<String> missing = loss.missingOf(labels);
    if (missing.isPresent()) {
      return Optional.of("%s needs %s for each example".formatted(loss.name(), missing.get()));
    }
    if (labels.isEmpty() && sampler.needsLabels()) {
      return Optional.of("its sampler needs one for each example");
    }
    if (labels.size() != count) {
      return Optional.of("the first one has %d; give all the same number".formatted(count));
    }
    boolean finite = labels.stream().allMatch(Float::isFinite);
    return finite ? Optional.empty() : Optional.of("labels must be finite numbers");
  }

  /** How batches of several tasks follow each other. */
  public enum Mixing {
    /** Every batch of every task once an epoch, in random order: big data sets come up more. */
    PROPORTIONAL,
    /** The tasks in turn, until the smallest is used up: each counts the same. */
    ROUND_ROBIN
  }
}
