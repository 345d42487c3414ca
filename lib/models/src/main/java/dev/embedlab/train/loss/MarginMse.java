package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Optional;

/**
 * Learns from a teacher by how much the positive beats each negative.
 *
 * <ul>
 *   <li>Data: (query, positive, negative 1, ...) with, for each negative, the teacher's score of
 *       the positive minus its score of the negative; or with all of the teacher's scores, the
 *       positive's first.
 *   <li>Formula: mean of {@code ((q·p - q·n) - margin)^2}.
 *   <li>The usual teacher is a cross-encoder; {@link EmbeddingMse} learns vectors themselves.
 *   <li>Source: Hofstätter et al., "Improving Efficient Neural Ranking Models with
 *       Cross-Architecture Knowledge Distillation" (2020); equals {@code MarginMSELoss} of
 *       sentence-transformers.
 * </ul>
 */
public record MarginMse() implements Loss {

  @Override
  public Optional<String> missingOf(List<Float> labels) {
    return Labels.some(labels, "one margin or more");
  }

  @Override
  public NDArray compute(Embeddings batch) {
    batch.requireColumns(name(), 3);
    int negatives = batch.columns().size() - 2;
    NDArray positive = Tensors.pairDots(batch.anchors(), batch.column(1));
    NDList margins = new NDList();
    for (int column = 2; column < batch.columns().size(); column++) {
      margins.add(positive.sub(Tensors.pairDots(batch.anchors(), batch.column(column))));
    }
    NDArray wanted = margins(batch.requireLabels(name()), negatives);
    return Tensors.square(NDArrays.stack(margins, 1).sub(wanted)).mean();
  }

  private NDArray margins(NDArray labels, int negatives) {
    NDArray table = labels.getShape().dimension() == 1 ? labels.expandDims(1) : labels;
    long width = table.getShape().get(1);
    if (width == negatives + 1L) {
      return table.get(":, 0:1").sub(table.get(":, 1:"));
    }
    if (width != negatives) {
      throw new IllegalArgumentException(
          "MarginMse has %d negatives and so needs %d margins or %d scores for each example, but got %d."
              .formatted(negatives, negatives, negatives + 1, width));
    }
    return table;
  }
}
