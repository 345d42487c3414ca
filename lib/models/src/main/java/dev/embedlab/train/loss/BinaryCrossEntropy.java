package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * For cross-encoders with one output: does the pair match?
 *
 * <ul>
 *   <li>Data: the logits {@code [batch][1]} as the only column, with label 1 or 0, or a
 *       probability.
 *   <li>Formula: mean of {@code max(x, 0) - x·y + log(1 + exp(-|x|))}.
 *   <li>Source: equals {@code BinaryCrossEntropyLoss} of sentence-transformers' cross-encoders.
 * </ul>
 */
public record BinaryCrossEntropy() implements Loss {

  @Override
  public Optional<String> missingOf(List<Float> labels) {
    return Labels.share(labels);
  }

  @Override
  public NDArray compute(Embeddings batch) {
    NDArray labels = batch.requireLabels(name());
    NDArray logits = batch.requireOneLogit(name()).requirePairs(name()).reshape(batch.rows());
    NDArray softPlus = logits.abs().neg().exp().add(1).log();
    return Tensors.relu(logits).sub(logits.mul(labels)).add(softPlus).mean();
  }
}
