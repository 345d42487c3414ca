package dev.embedlab.compress;

import dev.embedlab.vector.Checks;
import dev.embedlab.vector.PackedMatrix;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Principal component analysis: rotates vectors so that the first dimensions carry the most
 * variance, and keeps those. Same results as scikit-learn's {@code PCA} with full SVD; the largest
 * weight of every component is positive, as there.
 */
public final class Pca implements Reduction {

  private final float[] mean;
  private final float[][] components;
  private final double[] explainedVariance;
  private final double totalVariance;
  private final boolean whiten;
  private final PackedMatrix matrix;

  /** With what {@link #fit} found; see the methods of the same names. */
  Pca(float[] mean, float[][] components, double[] variance, double total, boolean white) {
    this.mean = mean;
    this.components = components;
    this.explainedVariance = variance;
    this.totalVariance = total;
    this.whiten = white;
    float[][] rows = new float[components.length][mean.length];
    for (int c = 0; c < rows.length; c++) {
      double scale = white ? 1 / Math.sqrt(Math.max(variance[c], 1e-12)) : 1;
      for (int i = 0; i < mean.length; i++) {
        rows[c][i] = (float) (components[c][i] * scale);
      }
    }
    this.matrix = new PackedMatrix(rows);
  }

  /**
   * Fits all vectors at once.
   *
   * @param vectors {@code [n][dim]}; n of a few times dim is needed for a good fit
   * @param components dimensions kept, 1 to dim
   */
  public static Pca fit(float[][] vectors, int components) {
    Covariance covariance = new Covariance(Checks.vectors(vectors, "Vector"));
    covariance.add(vectors);
    return fit(covariance, components, false);
  }

  /**
   * Fits from a covariance gathered batch by batch.
   *
   * @param whiten whether every output dimension is scaled to variance 1
   */
  public static Pca fit(Covariance covariance, int components, boolean whiten) {
    double[][] matrix = covariance.matrix();
    int dim = matrix.length;
    if (components < 1 || components > dim) {
      throw new IllegalArgumentException(
          "Cannot keep %d components of %d dimensions.".formatted(components, dim));
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(dim, true, true);
    if (!eigen.decompose(new DMatrixRMaj(matrix))) {
      throw new IllegalStateException("The covariance has no eigendecomposition.");
    }
    int[] order = descending(eigen, dim);
    double[][] rows = new double[components][];
    double[] variance = new double[components];
    for (int c = 0; c < components; c++) {
      rows[c] = positive(eigen.getEigenVector(order[c]).getData());
      variance[c] = Math.max(0, eigen.getEigenvalue(order[c]).getReal());
    }
    double total = 0;
    for (int i = 0; i < dim; i++) {
      total += matrix[i][i];
    }
    float[][] axes = Arrays.stream(rows).map(Pca::toFloats).toArray(float[][]::new);
    return new Pca(toFloats(covariance.mean()), axes, variance, total, whiten);
  }

  private static int[] descending(EigenDecomposition_F64<DMatrixRMaj> eigen, int dim) {
    return java.util.stream.IntStream.range(0, dim)
        .boxed()
        .sorted(
            (i, j) ->
                Double.compare(eigen.getEigenvalue(j).getReal(), eigen.getEigenvalue(i).getReal()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double[] positive(double[] component) {
    int largest = 0;
    for (int i = 1; i < component.length; i++) {
      if (Math.abs(component[i]) > Math.abs(component[largest])) {
        largest = i;
      }
    }
    double sign = Math.signum(component[largest]);
    return Arrays.stream(component).map(x -> sign * x).toArray();
  }

  private static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Override
  public String name() {
    return "PCA%s %d to %d"
        .formatted(whiten ? " whitened" : "", inputDimension(), outputDimension());
  }

  @Override
  public int inputDimension() {
    return mean.length;
  }

  @Override
  public int outputDimension() {
    return components.length;
  }

  /** {@code [outputDimension][inputDimension]}, of unit length each. */
  public float[][] components() {
    return Arrays.stream(components).map(float[]::clone).toArray(float[][]::new);
  }

  /** {@code [inputDimension]}. */
  public float[] mean() {
    return mean.clone();
  }

  double totalVariance() {
    return totalVariance;
  }

  boolean whiten() {
    return whiten;
  }

  /** Variance along each component, descending, {@code [outputDimension]}. */
  public double[] explainedVariance() {
    return explainedVariance.clone();
  }

  /** Share of the total variance along each component, {@code [outputDimension]}, 0 to 1. */
  public double[] explainedVarianceRatio() {
    return Arrays.stream(explainedVariance).map(v -> v / totalVariance).toArray();
  }

  @Override
  public float[][] apply(float[][] vectors) {
    Checks.vectors(vectors, inputDimension(), "Vector");
    float[][] centred = new float[vectors.length][inputDimension()];
    for (int n = 0; n < vectors.length; n++) {
      for (int i = 0; i < mean.length; i++) {
        centred[n][i] = vectors[n][i] - mean[i];
      }
    }
    return matrix.multiply(centred);
  }

  /**
   * Back to the original dimensions, without what the dropped components carried.
   *
   * @param reduced {@code [n][outputDimension]}
   * @return {@code [n][inputDimension]}
   */
  public float[][] invert(float[][] reduced) {
    Checks.vectors(reduced, outputDimension(), "Vector");
    float[][] restored = new float[reduced.length][];
    for (int n = 0; n < reduced.length; n++) {
      float[] vector = mean.clone();
      for (int c = 0; c < components.length; c++) {
        double scale = whiten ? Math.sqrt(Math.max(explainedVariance[c], 1e-12)) : 1;
        for (int i = 0; i < vector.length; i++) {
          vector[i] += (float) (reduced[n][c] * scale * components[c][i]);
        }
      }
      restored[n] = vector;
    }
    return restored;
  }
}
