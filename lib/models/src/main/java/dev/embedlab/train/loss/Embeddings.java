package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * What a loss sees of a batch.
 *
 * @param columns one array {@code [rows][dim]} for each column of the examples, in their order:
 *     anchors, positives, negatives. Negative columns may have fewer or more rows than the others
 * @param labels {@code [batch]} or {@code [batch][targets]}, where the loss needs them
 */
public record Embeddings(List<NDArray> columns, Optional<NDArray> labels) {

  public Embeddings {
    columns = List.copyOf(columns);
  }

  public static Embeddings of(NDArray... columns) {
    return new Embeddings(List.of(columns), Optional.empty());
  }

  public Embeddings withLabels(NDArray values) {
    return new Embeddings(columns, Optional.of(values));
  }

  public Embeddings withColumns(List<NDArray> values) {
    return new Embeddings(values, labels);
  }

  public NDArray anchors() {
    return columns.getFirst();
  }

  public NDArray column(int index) {
    return columns.get(index);
  }

  /**
   * @throws IllegalArgumentException if the batch has fewer columns than the loss needs
   */
  Embeddings requireColumns(String loss, int atLeast) {
    if (columns.size() < atLeast) {
      throw new IllegalArgumentException(
          "%s needs examples of %d texts or more, but these have %d."
              .formatted(loss, atLeast, columns.size()));
    }
    return this;
  }

  /**
   * @throws IllegalArgumentException if the batch has no labels
   */
  NDArray requireLabels(String loss) {
    return labels.orElseThrow(
        () -> new IllegalArgumentException(loss + " needs a label for every example."));
  }
}
