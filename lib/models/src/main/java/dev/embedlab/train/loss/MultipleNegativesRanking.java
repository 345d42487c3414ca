package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/**
 * Makes every anchor find its own positive among those of the whole batch; also known as InfoNCE
 * with in-batch negatives. The first choice for retrieval when only matching pairs are known.
 *
 * <ul>
 *   <li>Data: (anchor, positive), or (anchor, positive, negative 1, ...), of which examples may
 *       have unlike numbers; no labels. No text may occur twice in a batch, or true pairs are
 *       pushed apart: sample without duplicates.
 *   <li>Formula: mean over i of {@code -log(exp(s·cos(a_i, p_i)) / sum_j exp(s·cos(a_i, c_j)))},
 *       with candidates c all positives and all negatives, s the scale (1 / temperature).
 *   <li>Bigger batches are better; cached gradients make them fit.
 *   <li>Source: Henderson et al., "Efficient Natural Language Response Suggestion" (2017), section
 *       4.4; equals {@code MultipleNegativesRankingLoss} of sentence-transformers.
 * </ul>
 *
 * @param scale factor on the cosines, usually 10 to 50
 * @param symmetric whether positives must find their anchors too
 */
public record MultipleNegativesRanking(double scale, boolean symmetric) implements Loss {

  public MultipleNegativesRanking {
    if (!(scale > 0)) {
      throw new IllegalArgumentException("scale must be positive, but is %s.".formatted(scale));
    }
  }

  /** Scale 20, one direction. */
  public MultipleNegativesRanking() {
    this(20, false);
  }

  @Override
  public boolean allowsRaggedNegatives() {
    return true;
  }

  @Override
  public NDArray compute(Embeddings batch) {
    batch.requireColumns(name(), 2);
    NDArray anchors = batch.anchors();
    NDArray candidates = candidates(batch);
    NDArray scores = Tensors.scale(Tensors.cosines(anchors, candidates), scale);
    long rows = anchors.getShape().get(0);
    NDArray forward = Tensors.crossEntropy(scores, Tensors.range(anchors, rows));
    if (!symmetric) {
      return forward;
    }
    NDArray own = scores.get(":, :{}", rows).transpose();
    NDArray backward = Tensors.crossEntropy(own, Tensors.range(anchors, rows));
    return Tensors.scale(forward.add(backward), 0.5);
  }

  private static NDArray candidates(Embeddings batch) {
    NDList columns = new NDList(batch.columns().subList(1, batch.columns().size()));
    return columns.size() == 1 ? columns.getFirst() : NDArrays.concat(columns, 0);
  }
}
