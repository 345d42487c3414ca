package dev.embedlab.train;

import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Normalization;
import java.util.List;
import java.util.Locale;

/**
 * Whether vectors use the space they have.
 *
 * @param anisotropy mean cosine of texts that have nothing to do with each other; 0 is ideal, near
 *     1 means that all vectors point the same way
 * @param effectiveDimensions how many dimensions carry the variance: {@code (sum v)^2 / sum v^2}
 *     over the variances v of the dimensions; near 1, or 0 where all vectors are equal, means
 *     collapse
 * @param dimensions of the vectors
 */
public record VectorHealth(double anisotropy, double effectiveDimensions, int dimensions) {

  /**
   * @param texts a sample of some hundreds, in no meaningful order
   */
  public static VectorHealth of(Encoder encoder, List<String> texts) {
    if (texts.size() < 2) {
      throw new IllegalArgumentException("At least two texts are needed to compare vectors.");
    }
    float[][] rows =
        encoder.encode(texts, EncodeOptions.defaults().withNormalization(Normalization.ALWAYS));
    int n = rows.length;
    int dimensions = rows[0].length;
    double[] mean = new double[dimensions];
    double squares = 0;
    for (float[] row : rows) {
      for (int i = 0; i < dimensions; i++) {
        mean[i] += row[i] / n;
        squares += (double) row[i] * row[i];
      }
    }
    double lengthOfMean = 0;
    for (double value : mean) {
      lengthOfMean += value * value;
    }
    // The squared length of the sum is the sum of all cosines, of which n are of a row with itself.
    double anisotropy = (lengthOfMean * n * n - squares) / (n * (n - 1.0));
    return new VectorHealth(anisotropy, effectiveDimensions(rows, mean), dimensions);
  }

  private static double effectiveDimensions(float[][] rows, double[] mean) {
    double sum = 0;
    double sumOfSquares = 0;
    for (int i = 0; i < mean.length; i++) {
      double variance = 0;
      for (float[] row : rows) {
        variance += (row[i] - mean[i]) * (row[i] - mean[i]) / rows.length;
      }
      sum += variance;
      sumOfSquares += variance * variance;
    }
    // Rows have length 1, so a variance this small is rounding.
    return sum < 1e-10 ? 0 : sum * sum / sumOfSquares;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "mean cosine of unrelated texts %.3f, %.0f of %d dimensions in use",
        anisotropy,
        effectiveDimensions,
        dimensions);
  }
}
