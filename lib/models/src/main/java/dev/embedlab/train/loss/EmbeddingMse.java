package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Learns the very vectors of a teacher.
 *
 * <ul>
 *   <li>Data: one text or more, and a teacher of the same dimension.
 *   <li>Formula: mean over columns, rows and dimensions of {@code (student - teacher)^2}.
 *   <li>For translations, embed the original by the teacher and train on its translation.
 *   <li>Source: Reimers and Gurevych, "Making Monolingual Sentence Embeddings Multilingual" (2020);
 *       equals {@code MSELoss} of sentence-transformers.
 * </ul>
 */
public record EmbeddingMse() implements Loss {

  @Override
  public NDArray compute(Embeddings batch) {
    List<NDArray> teacher = batch.requireTeacher(name());
    requireLikeDimension(teacher.getFirst(), batch.anchors());
    NDArray total = null;
    for (int column = 0; column < teacher.size(); column++) {
      NDArray error = Tensors.square(batch.column(column).sub(teacher.get(column))).mean();
      total = total == null ? error : total.add(error);
    }
    return Tensors.scale(total, 1.0 / teacher.size());
  }

  private static void requireLikeDimension(NDArray teacher, NDArray student) {
    long wanted = teacher.getShape().get(1);
    long given = student.getShape().get(1);
    if (wanted != given) {
      throw new IllegalArgumentException(
          "EmbeddingMse needs a teacher of the model's dimension %d, but this one's is %d; take another teacher or MarginMse."
              .formatted(given, wanted));
    }
  }
}
