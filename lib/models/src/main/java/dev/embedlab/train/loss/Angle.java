package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Optional;

/**
 * {@link CoSent} with the angle between vectors read as complex numbers, which has no flat regions.
 *
 * <ul>
 *   <li>Data: (text, text) with a score; the dimension must be even.
 *   <li>Formula: as CoSENT, with similarity {@code |sum of Re + Im of (x / y) / (|x| / |y|)|}, the
 *       halves of a vector its real and imaginary part.
 *   <li>Source: Li and Li, "AnglE-optimized Text Embeddings" (2023); equals {@code AnglELoss} of
 *       sentence-transformers.
 * </ul>
 *
 * @param scale factor on the similarities, usually 20
 */
public record Angle(double scale) implements Loss {

  /** Scale 20. */
  public Angle() {
    this(20);
  }

  @Override
  public Optional<String> missingOf(List<Float> labels) {
    return Labels.one(labels, "one score");
  }

  @Override
  public NDArray compute(Embeddings batch) {
    batch.requireColumns(name(), 2);
    long dimension = batch.anchors().getShape().get(1);
    if (dimension % 2 != 0) {
      throw new IllegalArgumentException(
          "Angle needs an even dimension, but the vectors have %d.".formatted(dimension));
    }
    NDArray similarities = similarities(batch.anchors(), batch.column(1));
    return PairOrder.loss(Tensors.scale(similarities, scale), batch.requireLabels(name()));
  }

  private static NDArray similarities(NDArray x, NDArray y) {
    NDList xParts = x.split(2, 1);
    NDList yParts = y.split(2, 1);
    NDArray a = xParts.get(0);
    NDArray b = xParts.get(1);
    NDArray c = yParts.get(0);
    NDArray d = yParts.get(1);
    NDArray squaredY = rowSum(Tensors.square(c).add(Tensors.square(d)));
    NDArray lengths = rowSum(Tensors.square(a).add(Tensors.square(b))).sqrt().div(squaredY.sqrt());
    NDArray real = a.mul(c).add(b.mul(d)).div(squaredY).div(lengths);
    NDArray imaginary = b.mul(c).sub(a.mul(d)).div(squaredY).div(lengths);
    return Tensors.sumRows(real.concat(imaginary, 1)).abs();
  }

  private static NDArray rowSum(NDArray x) {
    return x.sum(new int[] {1}, true);
  }
}
