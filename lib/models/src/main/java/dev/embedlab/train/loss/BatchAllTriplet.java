package dev.embedlab.train.loss;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * {@link Triplet} over all triplets that the labels of a batch allow and that cost something.
 *
 * <ul>
 *   <li>Data: single texts with a class; a batch should hold several texts of a class: sample by
 *       label.
 *   <li>Formula: mean, over triplets with a loss above 0, of {@code d(a, p) - d(a, n) + margin}.
 *   <li>Source: Hermans et al., "In Defense of the Triplet Loss" (2017); equals {@code
 *       BatchAllTripletLoss} of sentence-transformers.
 * </ul>
 */
public record BatchAllTriplet(Distance distance, double margin) implements Loss {

  private static final float COSTS_SOMETHING = 1e-16f;

  public BatchAllTriplet {
    requireNonNull(distance, "distance");
  }

  /** Euclidean distance, margin 5. */
  public BatchAllTriplet() {
    this(Distance.EUCLIDEAN, 5);
  }

  @Override
  public Optional<String> missingOf(List<Float> labels) {
    return Labels.one(labels, "one class");
  }

  @Override
  public NDArray compute(Embeddings batch) {
    float[] labels = batch.requireLabels(name()).toFloatArray();
    int n = labels.length;
    NDArray distances = distance.matrix(batch.anchors());
    NDArray triplets = distances.expandDims(2).sub(distances.expandDims(1)).add(margin);
    NDArray mask = Tensors.constant(distances, validTriplets(labels), n, n, n);
    NDArray losses = Tensors.relu(triplets.mul(mask));
    int costly = 0;
    for (float loss : losses.toFloatArray()) {
      costly += loss > COSTS_SOMETHING ? 1 : 0;
    }
    return Tensors.scale(losses.sum(), costly == 0 ? 0 : 1.0 / costly);
  }

  /** 1 at [a][p][n] where a and p share a class, n has another, and a is not p. */
  private static float[] validTriplets(float[] labels) {
    int n = labels.length;
    float[] valid = new float[n * n * n];
    for (int a = 0; a < n; a++) {
      for (int p = 0; p < n; p++) {
        for (int o = 0; o < n; o++) {
          boolean triplet = a != p && labels[a] == labels[p] && labels[a] != labels[o];
          valid[(a * n + p) * n + o] = triplet ? 1 : 0;
        }
      }
    }
    return valid;
  }
}
