package dev.embedlab.train.loss;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;

/**
 * {@link Triplet} with, for each text of a batch, its farthest match and its nearest other.
 *
 * <ul>
 *   <li>Data: single texts with a class; a batch should hold several texts of a class: sample by
 *       label.
 *   <li>Formula: mean over a of {@code max(0, max_p d(a, p) - min_n d(a, n) + margin)}.
 *   <li>Harder than {@link BatchAllTriplet}, and more easily misled by wrong labels.
 *   <li>Source: Hermans et al., "In Defense of the Triplet Loss" (2017); equals {@code
 *       BatchHardTripletLoss} of sentence-transformers.
 * </ul>
 */
public record BatchHardTriplet(Distance distance, double margin) implements Loss {

  public BatchHardTriplet {
    requireNonNull(distance, "distance");
  }

  /** Euclidean distance, margin 5. */
  public BatchHardTriplet() {
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
    float[] values = distances.toFloatArray();
    long[] match = new long[n];
    long[] other = new long[n];
    float[] hasMatch = new float[n];
    for (int a = 0; a < n; a++) {
      match[a] = farthestMatch(values, labels, a);
      other[a] = nearestOther(values, labels, a);
      hasMatch[a] = match[a] == a ? 0 : 1;
    }
    NDArray near = pick(distances, match).mul(Tensors.constant(distances, hasMatch, n));
    NDArray far = pick(distances, other);
    return Tensors.relu(near.sub(far).add(margin)).mean();
  }

  /** The anchor itself, at distance 0, where its class has no other text. */
  private static int farthestMatch(float[] distances, float[] labels, int anchor) {
    int n = labels.length;
    int best = anchor;
    for (int p = 0; p < n; p++) {
      if (p != anchor && labels[p] == labels[anchor]) {
        boolean first = best == anchor;
        best = first || distances[anchor * n + p] > distances[anchor * n + best] ? p : best;
      }
    }
    return best;
  }

  /** The farthest text of all where the batch holds one class only, as the reference does. */
  private static int nearestOther(float[] distances, float[] labels, int anchor) {
    int n = labels.length;
    int best = -1;
    int farthest = 0;
    for (int o = 0; o < n; o++) {
      farthest = distances[anchor * n + o] > distances[anchor * n + farthest] ? o : farthest;
      if (labels[o] != labels[anchor]) {
        best = best < 0 || distances[anchor * n + o] < distances[anchor * n + best] ? o : best;
      }
    }
    return best < 0 ? farthest : best;
  }

  private static NDArray pick(NDArray distances, long[] columns) {
    NDArray index = distances.getManager().create(columns, new Shape(columns.length, 1));
    return distances.gather(index, 1).reshape(columns.length);
  }
}
