package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * In-batch negatives guided by a teacher: candidates that the teacher finds nearer to the anchor
 * than its positive are probably right answers nobody labelled, and are left out.
 *
 * <ul>
 *   <li>Data: (anchor, positive) or (anchor, positive, negative), and a teacher.
 *   <li>Formula: {@link MultipleNegativesRanking} over positives, other anchors, positives against
 *       positives, and negatives; candidates with teacher cosine above that of the pair minus the
 *       margin are left out.
 *   <li>Source: Solatorio, "GISTEmbed" (2024); equals {@code GISTEmbedLoss} of
 *       sentence-transformers with absolute margin.
 * </ul>
 *
 * @param temperature divides the cosines, usually 0.01 to 0.05
 * @param margin how much nearer than the positive a candidate may be by the teacher's measure
 */
public record Gist(double temperature, double margin) implements Loss {

  private static final float LEFT_OUT = Float.NEGATIVE_INFINITY;

  public Gist {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException(
          "temperature must be positive, but is %s.".formatted(temperature));
    }
  }

  /** Temperature 0.01, margin 0. */
  public Gist() {
    this(0.01, 0);
  }

  @Override
  public boolean allowsRaggedNegatives() {
    return true;
  }

  @Override
  public NDArray compute(Embeddings batch) {
    batch.requireColumns(name(), 2);
    List<NDArray> teacher = batch.requireTeacher(name());
    NDArray anchors = batch.anchors();
    NDArray positives = batch.column(1);
    int n = Math.toIntExact(batch.rows());
    float[] own = Tensors.pairCosines(teacher.get(0), teacher.get(1)).toFloatArray();
    NDList scores = new NDList();
    scores.add(masked(anchors, positives, teacher.get(0), teacher.get(1), own, true));
    scores.add(masked(anchors, anchors, teacher.get(0), teacher.get(0), own, false));
    scores.add(masked(positives, positives, teacher.get(1), teacher.get(1), own, false));
    for (int column = 2; column < batch.columns().size(); column++) {
      NDArray guide = teacher.get(column);
      scores.add(masked(anchors, batch.column(column), teacher.get(0), guide, own, false));
    }
    NDArray logits = Tensors.scale(NDArrays.concat(scores, 1), 1 / temperature);
    return Tensors.crossEntropy(logits, Tensors.range(anchors, n));
  }

  /**
   * @param own teacher cosine of each anchor with its positive, {@code [rows]}
   * @param keepDiagonal whether a row's own candidate stays whatever the teacher says
   */
  private NDArray masked(
      NDArray a, NDArray b, NDArray guideA, NDArray guideB, float[] own, boolean keepDiagonal) {
    float[] guide = Tensors.cosines(guideA, guideB).toFloatArray();
    int width = guide.length / own.length;
    float[] mask = new float[guide.length];
    for (int i = 0; i < own.length; i++) {
      for (int j = 0; j < width; j++) {
        boolean kept = keepDiagonal && i == j;
        boolean tooNear = guide[i * width + j] > own[i] - (float) margin;
        mask[i * width + j] = !kept && tooNear ? LEFT_OUT : 0;
      }
    }
    return Tensors.cosines(a, b).add(a.getManager().create(mask, new Shape(own.length, width)));
  }
}
