package dev.embedlab.compress;

import dev.embedlab.vector.PackedMatrix;
import java.util.SplittableRandom;

/**
 * Multiplies with a matrix of normal random numbers of variance 1 / outputDimension, which keeps
 * distances in expectation (Johnson and Lindenstrauss 1984). Needs no data: the floor that any
 * trained reduction has to beat.
 */
public final class RandomProjection implements Reduction {

  private final float[][] rows;
  private final PackedMatrix matrix;

  /** The same seed gives the same matrix. */
  public RandomProjection(int inputDimension, int outputDimension, long seed) {
    this(random(inputDimension, outputDimension, seed));
  }

  /** With {@code [outputDimension][inputDimension]} known numbers. */
  RandomProjection(float[][] rows) {
    this.rows = rows;
    this.matrix = new PackedMatrix(rows);
  }

  private static float[][] random(int inputDimension, int outputDimension, long seed) {
    if (inputDimension < 1 || outputDimension < 1) {
      throw new IllegalArgumentException(
          "Cannot project %d dimensions to %d.".formatted(inputDimension, outputDimension));
    }
    SplittableRandom random = new SplittableRandom(seed);
    float[][] rows = new float[outputDimension][inputDimension];
    for (float[] row : rows) {
      for (int i = 0; i < inputDimension; i++) {
        row[i] = (float) (random.nextGaussian() / Math.sqrt(outputDimension));
      }
    }
    return rows;
  }

  float[][] rows() {
    return rows;
  }

  @Override
  public String name() {
    return "random projection %d to %d".formatted(inputDimension(), outputDimension());
  }

  @Override
  public int inputDimension() {
    return rows[0].length;
  }

  @Override
  public int outputDimension() {
    return rows.length;
  }

  @Override
  public float[][] apply(float[][] vectors) {
    return matrix.multiply(vectors);
  }
}
