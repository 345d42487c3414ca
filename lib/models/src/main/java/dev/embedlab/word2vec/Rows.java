package dev.embedlab.word2vec;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The two inner loops of training, over rows of flat matrices. */
final class Rows {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final VectorShuffle<Float> FROM_8 = from(8);
  private static final VectorShuffle<Float> FROM_4 = from(4);
  private static final VectorShuffle<Float> FROM_2 = from(2);
  private static final VectorShuffle<Float> FROM_1 = from(1);

  private Rows() {}

  /**
   * Length of rows that hold {@code dimension} values and fill whole vectors. What remains of a row
   * after its last whole vector costs as much as all before it.
   */
  static int stride(int dimension) {
    return (dimension + LANES - 1) / LANES * LANES;
  }

  /** Inner product of {@code a[i, i + n)} and {@code b[j, j + n)}. */
  static float dot(float[] a, int i, float[] b, int j, int n) {
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
    float sum = sum(sum0.add(sum1));
    for (; k < n; k++) {
      sum += a[i + k] * b[j + k];
    }
    return sum;
  }

  /**
   * Folds the vector in halves. The order in which {@code reduceLanes} adds depends on whether the
   * method has been compiled yet, and a training run would not repeat to the last bit.
   */
  private static float sum(FloatVector lanes) {
    FloatVector sum = lanes;
    if (LANES >= 16) {
      sum = sum.add(sum.rearrange(FROM_8));
    }
    if (LANES >= 8) {
      sum = sum.add(sum.rearrange(FROM_4));
    }
    if (LANES >= 4) {
      sum = sum.add(sum.rearrange(FROM_2));
    }
    if (LANES >= 2) {
      sum = sum.add(sum.rearrange(FROM_1));
    }
    return sum.lane(0);
  }

  private static VectorShuffle<Float> from(int lane) {
    return VectorShuffle.fromOp(SPECIES, i -> (i + lane) % LANES);
  }

  /** {@code target[i, i + n) += factor * source[j, j + n)}. */
  static void addScaled(float[] target, int i, float factor, float[] source, int j, int n) {
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    int k = 0;
    for (; k <= n - LANES; k += LANES) {
      load(source, j + k).fma(factors, load(target, i + k)).intoArray(target, i + k);
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
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    int k = 0;
    for (; k <= n - LANES; k += LANES) {
      FloatVector row = load(output, out + k);
      row.fma(factors, load(gradient, k)).intoArray(gradient, k);
      load(input, in + k).fma(factors, row).intoArray(output, out + k);
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
