package dev.embedlab.train.loss;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * {@link Contrastive} on the hard pairs of the batch alone: matches farther apart than the nearest
 * pair that does not match, and the other way round.
 *
 * <ul>
 *   <li>Data: (text, text) with label 1 (match) or 0; a batch should hold both kinds.
 *   <li>Formula: sum over hard matches of {@code d^2} plus sum over hard others of {@code max(0,
 *       margin - d)^2}.
 *   <li>Source: equals {@code OnlineContrastiveLoss} of sentence-transformers.
 * </ul>
 *
 * @param distance usually cosine
 * @param margin distance beyond which a pair that does not match costs nothing
 */
public record OnlineContrastive(Distance distance, double margin) implements Loss {

  public OnlineContrastive {
    requireNonNull(distance, "distance");
  }

  /** Cosine distance, margin 0.5. */
  public OnlineContrastive() {
    this(Distance.COSINE, 0.5);
  }

  @Override
  public Optional<String> missingOf(List<Float> labels) {
    return Labels.share(labels);
  }

  @Override
  public NDArray compute(Embeddings batch) {
    batch.requireColumns(name(), 2);
    float[] labels = batch.requireLabels(name()).toFloatArray();
    NDArray distances = distance.pairs(batch.anchors(), batch.column(1));
    float[][] hard = hardPairs(distances.toFloatArray(), labels);
    NDArray near = Tensors.square(distances);
    NDArray far = Tensors.square(Tensors.relu(distances.neg().add(margin)));
    NDArray matches = near.mul(Tensors.constant(distances, hard[0], labels.length));
    NDArray others = far.mul(Tensors.constant(distances, hard[1], labels.length));
    return matches.sum().add(others.sum());
  }

  /** 1 for hard matches in the first row, for hard others in the second. */
  private static float[][] hardPairs(float[] distances, float[] labels) {
    double farthestMatch = threshold(distances, labels, 1, Math::max);
    double nearestOther = threshold(distances, labels, 0, Math::min);
    float[][] hard = new float[2][distances.length];
    for (int i = 0; i < distances.length; i++) {
      hard[0][i] = labels[i] == 1 && distances[i] > nearestOther ? 1 : 0;
      hard[1][i] = labels[i] == 0 && distances[i] < farthestMatch ? 1 : 0;
    }
    return hard;
  }

  /** The extreme of one kind; the mean of the other kind where there is at most one of this. */
  private static double threshold(
      float[] distances, float[] labels, int kind, DoubleBinaryOperator extreme) {
    int count = 0;
    double best = Double.NaN;
    int others = 0;
    double otherSum = 0;
    for (int i = 0; i < distances.length; i++) {
      if (labels[i] == kind) {
        best = count++ == 0 ? distances[i] : extreme.applyAsDouble(best, distances[i]);
      } else if (labels[i] == 1 - kind) {
        others++;
        otherSum += distances[i];
      }
    }
    return count > 1 ? best : (float) (otherSum / others);
  }
}
