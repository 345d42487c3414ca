package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * Makes the cosine of two texts equal a given score.
 *
 * <ul>
 *   <li>Data: (text, text) with a score, usually between 0 and 1.
 *   <li>Formula: mean of {@code (cos(a_i, b_i) - y_i)^2}.
 *   <li>{@link CoSent} learns the same from the order of the scores alone and is usually better.
 *   <li>Source: Reimers and Gurevych, "Sentence-BERT" (2019); equals {@code CosineSimilarityLoss}
 *       of sentence-transformers.
 * </ul>
 */
public record CosineSimilarity() implements Loss {

  @Override
  public Optional<String> missingOf(List<Float> labels) {
    return Labels.one(labels, "one score");
  }

  @Override
  public NDArray compute(Embeddings batch) {
    batch.requireColumns(name(), 2);
    NDArray labels = batch.requireLabels(name());
    NDArray cosines = Tensors.pairCosines(batch.anchors(), batch.column(1));
    return Tensors.square(cosines.sub(labels)).mean();
  }
}
