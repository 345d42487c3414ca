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
 *   <li>Data: logits {@code [batch][1]} as columns, the positives' first, then those of negatives,
 *       of which examples may have unlike numbers.
 *   <li>Formula: mean of {@code -log softmax(s·sigmoid(x))_0}, s the scale.
 *   <li>Source: equals {@code MultipleNegativesRankingLoss} of sentence-transformers'
 *       cross-encoders on the same scores.
 * </ul>
 *
 * @param scale factor on the probabilities, usually 10
 */
public record RankedLogits(double scale) implements Loss {

  private static final float ABSENT = -1e9f;

  /** Scale 10. */
  public RankedLogits() {
    this(10);
  }

  @Override
  public boolean allowsRaggedNegatives() {
    return true;
  }

  @Override
  public NDArray compute(Embeddings batch) {
    batch.requireOneLogit(name());
    if (batch.columns().size() < 2) {
      throw new IllegalArgumentException(
          "RankedLogits needs examples of 3 texts or more (query, positive, negatives), but these have %d; add negatives."
              .formatted(batch.columns().size() + 1));
    }
    NDList columns =
        new NDList(batch.columns().stream().map(c -> scores(c, batch.rows())).toList());
    NDArray scores = NDArrays.concat(columns, 1);
    NDArray first = scores.getManager().zeros(new Shape(batch.rows()), DataType.INT64);
    return Tensors.crossEntropy(scores, first);
  }

  /** {@code [rows][1]}; rows without this negative score so low that they have no share. */
  private NDArray scores(NDArray logits, long rows) {
    NDArray scores = Tensors.scale(logits.getNDArrayInternal().sigmoid(), scale);
    long missing = rows - logits.getShape().get(0);
    return missing == 0
        ? scores
        : scores.concat(scores.getManager().full(new Shape(missing, 1), ABSENT), 0);
  }
}
