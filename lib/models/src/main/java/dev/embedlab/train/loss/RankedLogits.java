package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * For cross-encoders: the pair (query, positive) must beat the pairs (query, negative).
 *
 * <ul>
 *   <li>Data: logits {@code [batch][1]} as columns, the positives' first, then those of negatives.
 *   <li>Formula: mean of {@code -log softmax(s·sigmoid(x))_0}, s the scale.
 *   <li>Source: equals {@code MultipleNegativesRankingLoss} of sentence-transformers'
 *       cross-encoders on the same scores.
 * </ul>
 *
 * @param scale factor on the probabilities, usually 10
 */
public record RankedLogits(double scale) implements Loss {

  /** Scale 10. */
  public RankedLogits() {
    this(10);
  }

  @Override
  public NDArray compute(Embeddings batch) {
    batch.requireColumns(name(), 2);
    NDArray logits = NDArrays.concat(new NDList(batch.columns()), 1);
    NDArray scores = Tensors.scale(logits.getNDArrayInternal().sigmoid(), scale);
    NDArray first = logits.getManager().zeros(new Shape(batch.rows()), DataType.INT64);
    return Tensors.crossEntropy(scores, first);
  }
}
