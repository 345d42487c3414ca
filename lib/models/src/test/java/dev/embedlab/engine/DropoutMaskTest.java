package dev.embedlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutMaskTest {

  private static final int N = 200_000;

  private static float[] mask(int n, double probability, long seed) {
    float[] values = new float[n];
    DropoutMask.fill(MemorySegment.ofArray(values), probability, seed);
    return values;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.5, 0.9})
  void dropsTheShareAskedForAndKeepsTheMean(double probability) {
    float[] mask = mask(N, probability, 42);
    double kept = 0;
    double sum = 0;
    for (float value : mask) {
      assertThat(value).isIn(0f, (float) (1 / (1 - probability)));
      kept += value > 0 ? 1 : 0;
      sum += value;
    }
    double deviation = Math.sqrt(probability * (1 - probability) / N);
    assertThat(1 - kept / N).isCloseTo(probability, within(4 * deviation));
    assertThat(sum / N).isCloseTo(1, within(4 * deviation / (1 - probability)));
  }

  @Test
  void positionsSeedsAndNeighboursAreIndependent() {
    double[] first = centred(mask(N, 0.3, 7));
    double limit = 4 / Math.sqrt(N);
    for (int distance : new int[] {1, 2, 8, 16, 64, 384}) {
      double[] shifted = Arrays.copyOfRange(first, distance, N);
      assertThat(correlation(first, shifted)).as("distance %d", distance).isBetween(-limit, limit);
    }
    for (long seed = 8; seed < 108; seed++) {
      for (long near : new long[] {seed, seed << 32, -seed}) {
        double[] other = centred(mask(N, 0.3, near));
        assertThat(correlation(first, other)).as("seed %d", near).isBetween(-limit, limit);
      }
    }
  }

  private static double[] centred(float[] mask) {
    double[] values = new double[mask.length];
    Arrays.setAll(values, i -> mask[i] > 0 ? 0.3 : -0.7);
    return values;
  }

  private static double correlation(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < b.length; i++) {
      sum += a[i] * b[i];
    }
    return sum / b.length / (0.3 * 0.7);
  }

  @Test
  void whatDoesNotFillAVectorIsDrawnByTheSameRule() {
    float[] whole = mask(256, 0.4, 99);
    for (int n = 0; n < 64; n++) {
      assertThat(mask(n, 0.4, 99)).isEqualTo(Arrays.copyOf(whole, n));
    }
  }

  @Test
  void seedOfTheEngineRepeatsIt() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Shape shape = new Shape(3, 4, 50);
      Engine engine = Engine.getEngine("PyTorch");
      engine.setRandomSeed(5);
      NDArray first = DropoutMask.create(manager, shape, 0.2);
      NDArray next = DropoutMask.create(manager, shape, 0.2);
      engine.setRandomSeed(5);
      NDArray again = DropoutMask.create(manager, shape, 0.2);
      assertThat(first.getShape()).isEqualTo(shape);
      assertThat(again.toFloatArray()).isEqualTo(first.toFloatArray());
      assertThat(next.toFloatArray()).isNotEqualTo(first.toFloatArray());
    }
  }
}
