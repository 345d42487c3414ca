package dev.embedlab.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedMatrixTest {

  /** Whole numbers, so that many products are equal. */
  private static float[][] whole(int rows, int columns, long seed) {
    Random random = new Random(seed);
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextInt(5) - 2;
      }
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "16, 4", "33, 5", "256, 8"})
  void theLargestIsTheFirstOfTheLargestProducts(int rows, int columns) {
    float[][] matrix = whole(rows, columns, 1);
    float[][] vectors = whole(1500, columns, 2);
    float[] penalties = whole(1, rows, 3)[0];
    PackedMatrix packed = new PackedMatrix(matrix);
    int[] largest = packed.largest(vectors, penalties);
    float[][] products = packed.multiply(vectors);
    for (int n = 0; n < vectors.length; n++) {
      int expected = 0;
      for (int row = 1; row < rows; row++) {
        if (products[n][row] - penalties[row] > products[n][expected] - penalties[expected]) {
          expected = row;
        }
      }
      assertThat(largest[n]).isEqualTo(expected);
    }
  }

  @Test
  void rowsArePackedAlikeByAllKernels() {
    Kernel fast = Kernel.best();
    float[] rows = whole(1, fast.lanes() * 9, 4)[0];
    float[] block = new float[fast.lanes() * 9 + 5];
    fast.pack(rows, 9, block, 5);
    for (int i = 0; i < 9; i++) {
      for (int lane = 0; lane < fast.lanes(); lane++) {
        assertThat(block[5 + i * fast.lanes() + lane]).isEqualTo(rows[lane * 9 + i]);
      }
    }
  }
}
