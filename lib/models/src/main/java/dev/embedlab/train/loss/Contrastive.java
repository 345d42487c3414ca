package dev.embedlab.train.loss;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * Pulls matching pairs together and pushes others apart until a margin.
 *
 * <ul>
 *   <li>Data: (text, text) with label 1 (match) or 0.
 *   <li>Formula: mean of {@code (y·d^2 + (1 - y)·max(0, margin - d)^2) / 2}, d the distance.
 *   <li>{@link OnlineContrastive} looks at the hard pairs of the batch alone and is often better.
 *   <li>Source: Hadsell et al., "Dimensionality Reduction by Learning an Invariant Mapping" (2006);
 *       equals {@code ContrastiveLoss} of sentence-transformers.
 * </ul>
 *
 * @param distance usually cosine
 * @param margin distance beyond which a pair that does not match costs nothing
 */
public record Contrastive(Distance distance, double margin) implements Loss {

  public Contrastive {
    requireNonNull(distance, "distance");
  }

  /** Cosine distance, margin 0.5. */
  public Contrastive() {
    this(Distance.COSINE, 0.5);
  }

  @Override
  public Optional<String> missingOf(List<Float> labels) {
    return Labels.share(labels);
  }

  @Override
  public NDArray compute(Embeddings batch) {
    batch.requireColumns(name(), 2);
    NDArray labels = batch.requireLabels(name());
    NDArray distances = distance.pairs(batch.anchors(), batch.column(1));
    NDArray near = Tensors.square(distances).mul(labels);
    NDArray far = Tensors.square(Tensors.relu(distances.neg().add(margin)));
    NDArray unlike = labels.neg().add(1);
    return Tensors.scale(near.add(far.mul(unlike)).mean(), 0.5);
  }
}
