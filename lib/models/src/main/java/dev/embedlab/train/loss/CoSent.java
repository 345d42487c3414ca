package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * Orders pairs by cosine as their scores order them.
 *
 * <ul>
 *   <li>Data: (text, text) with a score; only the order of the scores matters.
 *   <li>Formula: {@code log(1 + sum over y_i < y_j of exp(s·cos_i - s·cos_j))}, s the scale.
 *   <li>The first choice for graded similarity; {@link Angle} is the same with another similarity.
 *   <li>Source: Su, "CoSENT" (2022); equals {@code CoSENTLoss} of sentence-transformers.
 * </ul>
 *
 * @param scale factor on the cosines, usually 20
 */
public record CoSent(double scale) implements Loss {

  /** Scale 20. */
  public CoSent() {
    this(20);
  }

  @Override
  public Optional<String> missingOf(List<Float> labels) {
    return Labels.one(labels, "one score");
  }

  @Override
  public NDArray compute(Embeddings batch) {
    batch.requireColumns(name(), 2);
    NDArray cosines = Tensors.pairCosines(batch.anchors(), batch.column(1));
    return PairOrder.loss(Tensors.scale(cosines, scale), batch.requireLabels(name()));
  }
}
