package dev.embedlab.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ReductionTest {

  @Test
  void truncationKeepsTheHeadAtUnitLength() {
    float[][] cut = new Truncation(3, 2).apply(new float[][] {{3, 4, 12}, {0, 0, 1}});
    assertThat(cut[0]).containsExactly(0.6f, 0.8f);
    assertThat(cut[1]).containsExactly(0, 0);
    assertThatThrownBy(() -> new Truncation(3, 4)).hasMessageContaining("4 of 3");
  }

  @Test
  void randomProjectionKeepsLengthsInTheMeanAndRepeats() {
    Random random = new Random(3);
    float[][] vectors = new float[200][100];
    for (float[] vector : vectors) {
      for (int i = 0; i < 100; i++) {
        vector[i] = (float) random.nextGaussian();
      }
    }
    float[][] projected = new RandomProjection(100, 50, 9).apply(vectors);
    double ratio = 0;
    for (int n = 0; n < 200; n++) {
      ratio += squares(projected[n]) / squares(vectors[n]) / 200;
    }
    assertThat(ratio).isCloseTo(1, within(0.05));
    assertThat(new RandomProjection(100, 50, 9).apply(vectors)).isDeepEqualTo(projected);
  }

  private static double squares(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    return sum;
  }
}
