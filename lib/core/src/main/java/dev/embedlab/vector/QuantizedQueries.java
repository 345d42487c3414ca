package dev.embedlab.vector;

import java.nio.ByteBuffer;

/**
 * Queries cut to seven bits for {@link ByteProducts}, with what is known of the error. With {@code
 * v[i] = offset[i] + scale[i] * c[i]} the dot product of a query and a vector is {@code sum
 * q[i]*offset[i] + sum f[i]*c[i]}, where {@code f[i] = q[i]*scale[i]} is what is cut.
 */
final class QuantizedQueries {

  private static final int STEPS = ByteProducts.LARGEST - ByteProducts.ZERO;

  /** Of one fused multiply-add, with room for the roundings around it. */
  private static final double ROUNDING = 0x1p-22;

  private final int count;
  private final int dim;
  private final ByteBuffer codes;
  private final float[] steps;
  private final float[] bases;
  private final double[] errors;
  private final double[] roundings;

  /**
   * @param queries {@code [count][dim]}, flat
   */
  QuantizedQueries(float[] queries, Affine affine) {
    this.dim = affine.dimension();
    this.count = queries.length / dim;
    this.codes = ByteBuffer.allocateDirect(queries.length);
    this.steps = new float[count];
    this.bases = new float[count];
    this.errors = new double[count];
    this.roundings = new double[count];
    for (int q = 0; q < count; q++) {
      quantize(queries, q, affine);
    }
  }

  private void quantize(float[] queries, int q, Affine affine) {
    double[] factors = new double[dim];
    double largest = 0, base = 0, squares = 0;
    for (int i = 0; i < dim; i++) {
      double value = queries[q * dim + i];
      factors[i] = value * affine.scales()[i];
      base += value * affine.offsets()[i];
      squares += value * value;
      largest = Math.max(largest, Math.abs(factors[i]));
    }
    float step = largest == 0 ? 1 : (float) (largest / STEPS);
    double error = 0;
    for (int i = 0; i < dim; i++) {
      long code = Math.clamp(Math.round(factors[i] / step), -STEPS, STEPS);
      codes.put(q * dim + i, (byte) (code + ByteProducts.ZERO));
      error += (factors[i] - code * (double) step) * (factors[i] - code * (double) step);
    }
    steps[q] = step;
    bases[q] = (float) base;
    errors[q] = Math.sqrt(error);
    roundings[q] = Math.sqrt(squares) * dim * ROUNDING;
  }

  int count() {
    return count;
  }

  /** {@code [count][dim]}. */
  ByteBuffer codes() {
    return codes.duplicate();
  }

  /** About the dot products that belong to sums of products. */
  void dots(int query, int[] sums, int count, float[] dots) {
    float step = steps[query];
    float base = bases[query];
    for (int i = 0; i < count; i++) {
      dots[i] = sums[i] * step + base;
    }
  }

  /**
   * The most by which {@link #dots} can be wrong (Cauchy and Schwarz).
   *
   * @param codeLength largest Euclidean length of the codes compared with
   * @param length largest Euclidean length of the vectors they stand for, divided likewise
   */
  float margin(int query, float codeLength, float length) {
    return (float) ((errors[query] * codeLength + roundings[query] * length) * 1.0001);
  }
}
