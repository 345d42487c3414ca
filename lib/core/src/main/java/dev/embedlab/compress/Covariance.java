package dev.embedlab.compress;

import dev.embedlab.vector.Checks;
import dev.embedlab.vector.PackedMatrix;
import java.util.Arrays;

/**
 * Mean and covariance of vectors that come in batches and are not kept. Values are shifted by the
 * mean of the first batch before they are multiplied, which keeps the subtraction at the end exact
 * enough, and products of 256 vectors at a time are added in double.
 */
public final class Covariance {

  private static final int CHUNK = 256;

  private final int dim;
  private final double[] shift;
  private final double[] sum;
  private final double[][] products;
  private long count;

  /**
   * @param dim of the vectors
   */
  public Covariance(int dim) {
    this.dim = dim;
    this.shift = new double[dim];
    this.sum = new double[dim];
    this.products = new double[dim][dim];
  }

  /**
   * @param vectors {@code [n][dim]}
   */
  public void add(float[][] vectors) {
    Checks.vectors(vectors, dim, "Vector");
    if (count == 0 && vectors.length > 0) {
      setShift(vectors);
    }
    for (int from = 0; from < vectors.length; from += CHUNK) {
      addChunk(Arrays.copyOfRange(vectors, from, Math.min(from + CHUNK, vectors.length)));
    }
    count += vectors.length;
  }

  private void setShift(float[][] vectors) {
    for (float[] vector : vectors) {
      for (int i = 0; i < dim; i++) {
        shift[i] += vector[i];
      }
    }
    for (int i = 0; i < dim; i++) {
      shift[i] = (float) (shift[i] / vectors.length);
    }
  }

  private void addChunk(float[][] vectors) {
    float[][] columns = new float[dim][vectors.length];
    for (int i = 0; i < dim; i++) {
      for (int n = 0; n < vectors.length; n++) {
        columns[i][n] = (float) (vectors[n][i] - shift[i]);
        sum[i] += columns[i][n];
      }
    }
    float[][] chunk = new PackedMatrix(columns).multiply(columns);
    for (int i = 0; i < dim; i++) {
      for (int j = 0; j < dim; j++) {
        products[i][j] += chunk[i][j];
      }
    }
  }

  /** Number of vectors added. */
  public long count() {
    return count;
  }

  /** {@code [dim]}. */
  public double[] mean() {
    double[] mean = new double[dim];
    Arrays.setAll(mean, i -> shift[i] + sum[i] / count);
    return mean;
  }

  /**
   * {@code [dim][dim]}, divided by the number of vectors less one.
   *
   * @throws IllegalStateException if fewer than two vectors were added
   */
  public double[][] matrix() {
    if (count < 2) {
      throw new IllegalStateException(
          "A covariance needs two vectors or more, but there are %d.".formatted(count));
    }
    double[][] matrix = new double[dim][dim];
    for (int i = 0; i < dim; i++) {
      for (int j = 0; j < dim; j++) {
        matrix[i][j] = (products[i][j] - sum[i] * sum[j] / count) / (count - 1);
      }
    }
    return matrix;
  }
}
