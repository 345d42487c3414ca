package dev.embedlab.compress;

import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.Affine;
import dev.embedlab.vector.Checks;
import dev.embedlab.vector.CodeIndex;
import dev.embedlab.vector.ElementType;
import dev.embedlab.vector.VectorIndex;
import dev.embedlab.vector.VectorMatrix;
import java.lang.foreign.ValueLayout;

/**
 * A byte a dimension. {@link #calibrated} cuts the range each dimension has in a calibration set
 * into 256 steps, bit for bit the codes of sentence-transformers' {@code quantize_embeddings};
 * {@link #symmetric} uses one step for all dimensions, with 0 at 0. Values out of the range are
 * clipped, so calibrate with vectors like those to come, but not with the test set.
 */
public final class Int8Codec implements Codec {

  private final boolean symmetric;
  private final float[] starts;
  private final float[] steps;
  private final Affine affine;

  private Int8Codec(boolean symmetric, float[] starts, float[] steps, Affine affine) {
    this.symmetric = symmetric;
    this.starts = starts;
    this.steps = steps;
    this.affine = affine;
  }

  /**
   * @param vectors the calibration set, {@code [n][dim]}, some hundreds or more
   */
  public static Int8Codec calibrated(float[][] vectors) {
    int dim = Checks.vectors(vectors, "Calibration vector");
    float[] starts = vectors[0].clone();
    float[] ends = vectors[0].clone();
    for (float[] vector : vectors) {
      for (int i = 0; i < dim; i++) {
        starts[i] = Math.min(starts[i], vector[i]);
        ends[i] = Math.max(ends[i], vector[i]);
      }
    }
    float[] steps = new float[dim];
    for (int i = 0; i < dim; i++) {
      steps[i] = (ends[i] - starts[i]) / 255;
      if (steps[i] == 0) {
        steps[i] = 1;
      }
    }
    return of(false, starts, steps);
  }

  /** With known steps, {@code [dim]}, which are greater than 0. */
  static Int8Codec of(boolean symmetric, float[] starts, float[] steps) {
    float[] middles = new float[steps.length];
    for (int i = 0; i < steps.length; i++) {
      if (!(steps[i] > 0)) {
        throw new IllegalArgumentException("step %d is %s".formatted(i, steps[i]));
      }
      // A code stands for the middle of its step: 128 steps up from the code, and a half.
      middles[i] = symmetric ? 0 : (float) (starts[i] + 128.5 * steps[i]);
    }
    return new Int8Codec(symmetric, starts, steps, new Affine(steps, middles));
  }

  /**
   * @param vectors the calibration set, {@code [n][dim]}
   */
  public static Int8Codec symmetric(float[][] vectors) {
    int dim = Checks.vectors(vectors, "Calibration vector");
    float largest = 0;
    for (float[] vector : vectors) {
      for (float value : vector) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    float[] steps = new float[dim];
    java.util.Arrays.fill(steps, largest == 0 ? 1 : largest / 127);
    return of(true, new float[dim], steps);
  }

  boolean isSymmetric() {
    return symmetric;
  }

  float[] starts() {
    return starts;
  }

  float[] steps() {
    return steps;
  }

  @Override
  public String name() {
    return symmetric ? "int8 symmetric" : "int8";
  }

  @Override
  public int dimension() {
    return steps.length;
  }

  @Override
  public int bytesPerVector() {
    return steps.length;
  }

  @Override
  public Codes encode(float[][] vectors) {
    Checks.vectors(vectors, dimension(), "Vector");
    Codes codes = Codes.allocate(vectors.length, dimension());
    long at = 0;
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        codes.data().set(ValueLayout.JAVA_BYTE, at++, code(vector[i], i));
      }
    }
    return codes;
  }

  private byte code(float value, int i) {
    if (symmetric) {
      return (byte) Math.clamp(Math.round(value / steps[i]), -127, 127);
    }
    return (byte) (Math.clamp((int) Math.floor((value - starts[i]) / steps[i]), 0, 255) - 128);
  }

  @Override
  public float[][] decode(Codes codes) {
    float[][] vectors = matrix(codes).toArray();
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = affine.value(i, (int) vector[i]);
      }
    }
    return vectors;
  }

  @Override
  public VectorIndex index(Codes codes, Similarity similarity) {
    return CodeIndex.of(matrix(codes), affine, similarity);
  }

  private VectorMatrix matrix(Codes codes) {
    return VectorMatrix.over(codes.data(), ElementType.INT8, codes.size(), dimension());
  }
}
