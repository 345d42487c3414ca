package dev.embedlab.compress;

import dev.embedlab.vector.Checks;
import java.util.Arrays;

/**
 * Keeps the leading dimensions and scales to unit length: what models trained with the Matryoshka
 * loss are made for (Kusupati et al. 2022), and what other models lose by.
 */
public record Truncation(int inputDimension, int outputDimension) implements Reduction {

  public Truncation {
    if (outputDimension < 1 || outputDimension > inputDimension) {
      throw new IllegalArgumentException(
          "Cannot keep %d of %d dimensions.".formatted(outputDimension, inputDimension));
    }
  }

  @Override
  public String name() {
    return "truncation %d to %d".formatted(inputDimension, outputDimension);
  }

  @Override
  public float[][] apply(float[][] vectors) {
    Checks.vectors(vectors, inputDimension, "Vector");
    return Arrays.stream(vectors)
        .map(vector -> normalize(Arrays.copyOf(vector, outputDimension)))
        .toArray(float[][]::new);
  }

  /** Scales to unit length in place; a zero vector stays. */
  static float[] normalize(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float length = squares == 0 ? 1 : (float) Math.sqrt(squares);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
    return vector;
  }
}
