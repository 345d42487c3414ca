package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * For cross-encoders with several outputs: which class is the pair of?
 *
 * <ul>
 *   <li>Data: the logits {@code [batch][classes]} as the only column, with the class as label.
 *   <li>Formula: mean of {@code -log softmax(x)_y}.
 *   <li>Source: equals {@code CrossEntropyLoss} of sentence-transformers' cross-encoders.
 * </ul>
 */
public record CrossEntropy() implements Loss {

  @Override
  public NDArray compute(Embeddings batch) {
    NDArray classes = batch.requireLabels(name()).toType(DataType.INT64, false);
    return Tensors.crossEntropy(batch.anchors(), classes);
  }
}
