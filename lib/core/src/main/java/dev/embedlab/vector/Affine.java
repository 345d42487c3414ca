package dev.embedlab.vector;

/**
 * What a whole number of each dimension stands for: {@code offset[i] + scale[i] * code}.
 *
 * @param scale {@code [dim]}
 * @param offset {@code [dim]}
 */
public record Affine(float[] scale, float[] offset) {

  public Affine {
    if (scale.length != offset.length) {
      throw new IllegalArgumentException(
          "%d scales but %d offsets.".formatted(scale.length, offset.length));
    }
    scale = scale.clone();
    offset = offset.clone();
  }

  /** Codes that stand for themselves. */
  public static Affine identity(int dim) {
    float[] ones = new float[dim];
    java.util.Arrays.fill(ones, 1);
    return new Affine(ones, new float[dim]);
  }

  public int dimension() {
    return scale.length;
  }

  /** The value of a code, with one rounding. */
  public float value(int dimension, int code) {
    return Math.fma((float) code, scale[dimension], offset[dimension]);
  }

  float[] scales() {
    return scale;
  }

  float[] offsets() {
    return offset;
  }
}
