package dev.embedlab.train.loss;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;

/**
 * Makes the negative farther from the anchor than the positive, by a margin.
 *
 * <ul>
 *   <li>Data: (anchor, positive, negative).
 *   <li>Formula: mean of {@code max(0, d(a, p) - d(a, n) + margin)}.
 *   <li>{@link MultipleNegativesRanking} uses the same triplets and all others of the batch.
 *   <li>Source: Schroff et al., "FaceNet" (2015); equals {@code TripletLoss} of
 *       sentence-transformers.
 * </ul>
 *
 * @param margin in units of the distance: about 5 for Euclidean, 0.2 for cosine
 */
public record Triplet(Distance distance, double margin) implements Loss {

  public Triplet {
    requireNonNull(distance, "distance");
  }

  /** Euclidean distance, margin 5. */
  public Triplet() {
    this(Distance.EUCLIDEAN, 5);
  }

  @Override
  public NDArray compute(Embeddings batch) {
    batch.requireColumns(name(), 3);
    NDArray near = distance.pairs(batch.anchors(), batch.column(1));
    NDArray far = distance.pairs(batch.anchors(), batch.column(2));
    return Tensors.relu(near.sub(far).add(margin)).mean();
  }
}
