package dev.embedlab.compress;

import dev.embedlab.vector.Checks;
import dev.embedlab.vector.PackedMatrix;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Finds the rotation of optimized product quantization (Ge et al. 2013, the non-parametric
 * solution): quantizes the rotated vectors, then turns the vectors as near as possible to what the
 * codes stand for (orthogonal Procrustes), and again.
 */
final class RotationTrainer {

  private static final int ROUNDS = 12;
  private static final int QUANTIZER_ITERATIONS = 4;
  private static final int SAMPLE = 20_000;

  private RotationTrainer() {}

  static Rotation train(float[][] vectors, int m, long seed) {
    int dim = Checks.vectors(vectors, "Training vector");
    float[][] sample = Arrays.copyOf(vectors, Math.min(vectors.length, SAMPLE));
    Rotation rotation = balanced(sample, m);
    for (int round = 0; round < ROUNDS; round++) {
      float[][] rotated = rotation.apply(sample);
      ProductQuantizer quantizer =
          ProductQuantizer.train(rotated, m, QUANTIZER_ITERATIONS, seed, null);
      rotation = nearest(sample, quantizer.decode(quantizer.encode(rotated)));
    }
    return rotation;
  }

  /**
   * Where to start, the parametric solution of the same paper: principal axes, dealt out so that
   * the product of the variances is about the same in every part.
   */
  private static Rotation balanced(float[][] vectors, int m) {
    int dim = vectors[0].length;
    Pca pca = Pca.fit(vectors, dim);
    float[][] axes = pca.components();
    double[] variances = pca.explainedVariance();
    double[] logarithms = new double[m];
    int[] filled = new int[m];
    float[][] rows = new float[dim][];
    for (int axis = 0; axis < dim; axis++) {
      int part = emptiest(logarithms, filled, dim / m);
      rows[part * (dim / m) + filled[part]++] = axes[axis];
      logarithms[part] +=
          Math.log(Math.max(variances[axis], 1e-12) / Math.max(variances[dim - 1], 1e-12));
    }
    return new Rotation(rows);
  }

  private static int emptiest(double[] logarithms, int[] filled, int width) {
    int best = -1;
    for (int part = 0; part < filled.length; part++) {
      if (filled[part] < width && (best < 0 || logarithms[part] < logarithms[best])) {
        best = part;
      }
    }
    return best;
  }

  /** The rotation R that minimises |R x - y|: with Y'X = U S V', R = U V'. */
  private static Rotation nearest(float[][] from, float[][] to) {
    float[][] x = transpose(from);
    float[][] y = transpose(to);
    float[][] product = new PackedMatrix(x).multiply(y); // [dim of y][dim of x]
    int dim = product.length;
    DMatrixRMaj matrix = new DMatrixRMaj(dim, dim);
    for (int i = 0; i < dim; i++) {
      for (int j = 0; j < dim; j++) {
        matrix.set(i, j, product[i][j]);
      }
    }
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(dim, dim, true, true, false);
    if (!svd.decompose(matrix)) {
      throw new IllegalStateException("The singular value decomposition did not converge.");
    }
    DMatrixRMaj rotation = new DMatrixRMaj(dim, dim);
    CommonOps_DDRM.mult(svd.getU(null, false), svd.getV(null, true), rotation);
    return toRotation(rotation);
  }

  private static Rotation toRotation(DMatrixRMaj matrix) {
    float[][] rows = new float[matrix.numRows][matrix.numCols];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = (float) matrix.get(i, j);
      }
    }
    return new Rotation(rows);
  }

  private static float[][] transpose(float[][] vectors) {
    float[][] columns = new float[vectors[0].length][vectors.length];
    for (int n = 0; n < vectors.length; n++) {
      for (int i = 0; i < columns.length; i++) {
        columns[i][n] = vectors[n][i];
      }
    }
    return columns;
  }
}
