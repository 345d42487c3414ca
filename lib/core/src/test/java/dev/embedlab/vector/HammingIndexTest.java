package dev.embedlab.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HammingIndexTest {

  private static float[][] random(int rows, int dim, long seed) {
    Random random = new Random(seed);
    float[][] vectors = new float[rows][dim];
    for (float[] vector : vectors) {
      for (int i = 0; i < dim; i++) {
        vector[i] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }

  private static int distance(float[] x, float[] y) {
    return (int) IntStream.range(0, x.length).filter(i -> x[i] > 0 != y[i] > 0).count();
  }

  /** Few dimensions, so most distances are ties; sizes on both sides of a block. */
  @ParameterizedTest
  @CsvSource({"1,5,3", "31,8,31", "512,64,10", "513,70,600", "2100,384,10", "2100,6,40"})
  void findsTheSmallestDistancesAndTheLowestPositions(int size, int dim, int k) {
    float[][] vectors = random(size, dim, 1);
    float[][] queries = random(7, dim, 2);
    HammingIndex index = HammingIndex.of(VectorMatrix.copyOf(vectors, ElementType.BIT));
    for (IntPredicate filter : new IntPredicate[] {VectorIndex.ALL, p -> p % 3 == 0}) {
      Hits hits = index.search(queries, k, filter);
      for (int q = 0; q < queries.length; q++) {
        float[] query = queries[q];
        int[] expected =
            IntStream.range(0, size)
                .filter(filter)
                .boxed()
                .sorted(Comparator.comparingInt(p -> distance(query, vectors[p])))
                .limit(k)
                .mapToInt(p -> p)
                .toArray();
        assertThat(hits.positions()[q]).isEqualTo(expected);
        for (int i = 0; i < expected.length; i++) {
          float score = 1 - 2f * distance(query, vectors[expected[i]]) / dim;
          assertThat(hits.scores()[q][i]).isEqualTo(score);
        }
      }
    }
  }

  @Test
  void scalarAndVectorKernelsAgree() {
    Random random = new Random(4);
    int length = 256;
    long[] block = random.longs(3L * length).toArray();
    long[] query = random.longs(3).toArray();
    long[] fast = new long[BitKernel.STRETCH];
    long[] slow = new long[BitKernel.STRETCH];
    for (long limit = 60; limit < 120; limit++) {
      for (int from = 0; from < length; from += fast.length) {
        int found = BitKernel.near(block, length, from, query, limit, fast);
        assertThat(BitKernel.scalar(block, length, from, query, limit, slow)).isEqualTo(found);
        if (found < length) {
          assertThat(slow).isEqualTo(fast);
        }
      }
    }
  }

  @Test
  void refusesWhatIsNotBits() {
    assertThatThrownBy(
            () -> HammingIndex.of(VectorMatrix.copyOf(random(2, 8, 1), ElementType.FLOAT32)))
        .hasMessageContaining("At least one vector of bits");
  }
}
