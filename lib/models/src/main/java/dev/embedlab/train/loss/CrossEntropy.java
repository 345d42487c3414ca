package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Optional;

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
  public Optional<String> missingOf(List<Float> labels) {
    return Labels.classNumber(labels);
  }

  @Override
  public NDArray compute(Embeddings batch) {
    NDArray labels = batch.requireLabels(name());
    NDArray logits = batch.requirePairs(name());
    requireClasses(labels.toFloatArray(), logits.getShape().get(1));
    return Tensors.crossEntropy(logits, labels.toType(DataType.INT64, false));
  }

  /** Before the engine meets them: on a GPU a class that is not there ends the process. */
  private static void requireClasses(float[] labels, long classes) {
    for (float label : labels) {
      if (!(label >= 0 && label < classes && label % 1 == 0)) {
        throw new IllegalArgumentException(
            "CrossEntropy got the label %s, but the model tells %d classes apart: label examples with whole numbers from 0 to %d."
                .formatted(label, classes, classes - 1));
      }
    }
  }
}
