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
 * @param teacher the same texts embedded by a teacher, {@code [rows][teacher dim]}, or empty
 */
public record Embeddings(List<NDArray> columns, Optional<NDArray> labels, List<NDArray> teacher) {

  public Embeddings {
    columns = List.copyOf(columns);
    teacher = List.copyOf(teacher);
  }

  public static Embeddings of(NDArray... columns) {
    return new Embeddings(List.of(columns), Optional.empty(), List.of());
  }

  public Embeddings withLabels(NDArray values) {
    return new Embeddings(columns, Optional.of(values), teacher);
  }

  public Embeddings withColumns(List<NDArray> values) {
    return new Embeddings(values, labels, teacher);
  }

  public Embeddings withTeacher(List<NDArray> values) {
    return new Embeddings(columns, labels, values);
  }

  public NDArray anchors() {
    return columns.getFirst();
  }

  public NDArray column(int index) {
    return columns.get(index);
  }

  /** Number of anchors. */
  public long rows() {
    return anchors().getShape().get(0);
  }

  /**
   * @throws IllegalArgumentException if the batch has fewer columns than the loss needs
   */
  Embeddings requireColumns(String loss, int atLeast) {
    if (columns.size() < atLeast) {
      throw new IllegalArgumentException(
          "%s needs the vectors of %d texts or more for each example, but got %d; add texts to the examples, or give a cross-encoder a loss on logits."
              .formatted(loss, atLeast, columns.size()));
    }
    return this;
  }

  /**
   * A cross-encoder reads the first text with each other one, so it gives a column less than there
   * are texts.
   *
   * @throws IllegalArgumentException if the batch is not the logits of one pair for each example
   */
  NDArray requirePairs(String loss) {
    if (columns.size() != 1) {
      throw new IllegalArgumentException(
          "%s needs examples of 2 texts, but these have %d; make each pair an example of its own."
              .formatted(loss, columns.size() + 1));
    }
    return anchors();
  }

  /**
   * @throws IllegalArgumentException if the model gives several logits for a pair
   */
  Embeddings requireOneLogit(String loss) {
    long logits = anchors().getShape().get(1);
    if (logits != 1) {
      throw new IllegalArgumentException(
          "%s needs a cross-encoder with one label, but this model gives %d numbers for a pair; train it with CrossEntropy or make one with one label."
              .formatted(loss, logits));
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

  /**
   * @throws IllegalArgumentException if no teacher embedded the batch
   */
  List<NDArray> requireTeacher(String loss) {
    if (teacher.size() != columns.size()) {
      throw new IllegalArgumentException(
          loss + " needs a teacher: name an encoder that embeds the same texts.");
    }
    return teacher;
  }
}
