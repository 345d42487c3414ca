package dev.embedlab.word2vec;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The two inner loops of training, over rows of flat matrices. */
final class Rows {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private Rows() {}

  /** Room that {@link #dot} needs to add up lanes. */
  static float[] lanes() {
    return new float[Math.max(4, LANES)];
  }

  /** Inner product of {@code a[i, i + n)} and {@code b[j, j + n)}. */
  static float dot(float[] a, int i, float[] b, int j, int n) {
    return dot(a, i, b, j, n, lanes());
  }

  /**
   * Inner product as above, for the innermost loop.
   *
   * <p>The lanes are added in a fixed order, four sums at a time, through {@code lanes}: the order
   * in which {@code reduceLanes} adds them depends on whether the method has been compiled yet, and
   * a training run would not repeat to the last bit.
   */
  static float dot(float[] a, int i, float[] b, int j, int n, float[] lanes) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    int k = 0;
    for (; k <= n - 2 * LANES; k += 2 * LANES) {
      sum0 = load(a, i + k).fma(load(b, j + k), sum0);
      sum1 = load(a, i + k + LANES).fma(load(b, j + k + LANES), sum1);
    }
    for (; k <= n - LANES; k += LANES) {
      sum0 = load(a, i + k).fma(load(b, j + k), sum0);
    }
    sum0.add(sum1).intoArray(lanes, 0);
    float a0 = 0;
    float a1 = 0;
    float a2 = 0;
    float a3 = 0;
    for (int lane = 0; lane < lanes.length; lane += 4) {
      a0 += lanes[lane];
      a1 += lanes[lane + 1];
      a2 += lanes[lane + 2];
      a3 += lanes[lane + 3];
    }
    float sum = (a0 + a1) + (a2 + a3);
    for (; k < n; k++) {
      sum += a[i + k] * b[j + k];
    }
    return sum;
  }

  /** {@code target[i, i + n) += factor * source[j, j + n)}. */
  static void addScaled(float[] target, int i, float factor, float[] source, int j, int n) {
    int k = 0;
    for (; k <= n - LANES; k += LANES) {
      load(source, j + k).mul(factor).add(load(target, i + k)).intoArray(target, i + k);
    }
    for (; k < n; k++) {
      target[i + k] += factor * source[j + k];
    }
  }

  /**
   * One step on a pair: the gradient of the input row is added to {@code gradient}, the output row
   * moves at once.
   */
  static void addBoth(
      float[] gradient, float[] output, int out, float[] input, int in, float factor, int n) {
    int k = 0;
    for (; k <= n - LANES; k += LANES) {
      FloatVector row = load(output, out + k);
      row.mul(factor).add(load(gradient, k)).intoArray(gradient, k);
      load(input, in + k).mul(factor).add(row).intoArray(output, out + k);
    }
    for (; k < n; k++) {
      gradient[k] += factor * output[out + k];
      output[out + k] += factor * input[in + k];
    }
  }

  private static FloatVector load(float[] a, int i) {
    return FloatVector.fromArray(SPECIES, a, i);
  }
}
