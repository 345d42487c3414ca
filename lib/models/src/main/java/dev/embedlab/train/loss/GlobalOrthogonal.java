package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;

/**
 * Spreads the vectors of a column over the sphere; added to another loss, not used alone.
 *
 * <ul>
 *   <li>Data: any; a column of one row has no different rows and adds nothing.
 *   <li>Formula: mean over columns of {@code M1^2 + max(0, M2 - 1/dim)}, M1 and M2 the mean cosine
 *       and mean squared cosine of different rows.
 *   <li>Source: Zhang et al., "Learning Spread-out Local Feature Descriptors" (2017); equals {@code
 *       GlobalOrthogonalRegularizationLoss} of sentence-transformers.
 * </ul>
 */
public record GlobalOrthogonal() implements Loss {

  @Override
  public boolean allowsRaggedNegatives() {
    return true;
  }

  @Override
  public NDArray compute(Embeddings batch) {
    NDArray total = null;
    for (NDArray column : batch.columns()) {
      NDArray term = term(column);
      total = total == null ? term : total.add(term);
    }
    return Tensors.scale(total, 1.0 / batch.columns().size());
  }

  private static NDArray term(NDArray column) {
    int n = Math.toIntExact(column.getShape().get(0));
    long dimension = column.getShape().get(1);
    // With one row every product below is 0 already, and 0 / 0 must not be.
    double pairs = Math.max(1, n * (n - 1.0));
    float[] different = new float[n * n];
    java.util.Arrays.fill(different, 1);
    for (int i = 0; i < n; i++) {
      different[i * n + i] = 0;
    }
    NDArray cosines =
        Tensors.cosines(column, column).mul(Tensors.constant(column, different, n, n));
    NDArray mean = Tensors.scale(cosines.sum(), 1 / pairs);
    NDArray second = Tensors.scale(Tensors.square(cosines).sum(), 1 / pairs);
    return Tensors.square(mean).add(Tensors.relu(second.add(-1f / dimension)));
  }
}
