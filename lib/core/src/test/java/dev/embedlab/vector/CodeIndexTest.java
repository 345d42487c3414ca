package dev.embedlab.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.encode.Similarity;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CodeIndexTest {

  private final Random random = new Random(5);
  private final AtomicInteger calls = new AtomicInteger();

  /** The definition, in whole numbers. */
  private final ByteProducts plain =
      (queries, count, codes, blocks, dim, width, sums) -> {
        calls.incrementAndGet();
        for (int i = 0; i < blocks * count * width; i++) {
          int sum = 0;
          for (int d = 0; d < dim; d++) {
            int query = queries.get(i / width % count * dim + d) - ByteProducts.ZERO;
            sum += query * codes.get((i / (count * width) * dim + d) * width + i % width);
          }
          sums.put(i, sum);
        }
      };

  private VectorMatrix codes(int size, int dim, int spread) {
    VectorMatrix codes = VectorMatrix.allocate(ElementType.INT8, size, dim);
    for (long i = 0; i < (long) size * dim; i++) {
      int code = Math.clamp(Math.round(spread * random.nextGaussian()), -128, 127);
      codes.data().set(ValueLayout.JAVA_BYTE, i, (byte) code);
    }
    return codes;
  }

  private Affine affine(int dim) {
    float[] scale = new float[dim];
    float[] offset = new float[dim];
    for (int i = 0; i < dim; i++) {
      scale[i] = 0.001f + 0.01f * random.nextFloat();
      offset[i] = 0.1f * (float) random.nextGaussian();
    }
    return new Affine(scale, offset);
  }

  private float[][] queries(int count, int dim) {
    float[][] queries = new float[count][dim];
    for (float[] query : queries) {
      for (int i = 0; i < dim; i++) {
        query[i] = (float) random.nextGaussian();
      }
    }
    return queries;
  }

  private void agree(
      VectorMatrix codes,
      Affine affine,
      Similarity similarity,
      float[][] queries,
      int k,
      IntPredicate filter) {
    ByteBlocks blocks = new ByteBlocks(codes, affine, Kernel.best().lanes());
    Hits fast = new CodeIndex(blocks, similarity, Optional.of(plain)).search(queries, k, filter);
    Hits slow = new CodeIndex(blocks, similarity, Optional.empty()).search(queries, k, filter);
    assertThat(fast.positions()).isDeepEqualTo(slow.positions());
    assertThat(fast.scores()).isDeepEqualTo(slow.scores());
  }

  @ParameterizedTest
  @CsvSource({"1,3,1", "255,20,7", "256,20,300", "257,33,10", "2500,48,10", "2048,16,700"})
  void wholeNumbersFindWhatFloatsFindToTheBit(int size, int dim, int k) {
    VectorMatrix codes = codes(size, dim, 40);
    Affine affine = affine(dim);
    float[][] queries = queries(11, dim);
    agree(codes, affine, Similarity.DOT, queries, k, VectorIndex.ALL);
    agree(codes, affine, Similarity.COSINE, queries, k, VectorIndex.ALL);
    agree(codes, affine, Similarity.DOT, queries, k, p -> p % 3 == 1);
    assertThat(calls.get()).isPositive();
  }

  /** All within the margin of each other: the list of candidates overflows and ties decide. */
  @Test
  void equalVectorsComeInOrderOfPosition() {
    VectorMatrix codes = codes(3000, 24, 0);
    float[][] queries = queries(9, 24);
    agree(codes, affine(24), Similarity.COSINE, queries, 600, VectorIndex.ALL);
    agree(codes, Affine.identity(24), Similarity.DOT, queries, 5, VectorIndex.ALL);
  }

  @Test
  void zeroQueriesAndLargeNumbersAreFine() {
    VectorMatrix codes = codes(700, 16, 60);
    float[][] queries = queries(10, 16);
    Arrays.fill(queries[3], 0);
    queries[4][0] = 1e20f;
    queries[5] = new float[] {1e-30f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1e-38f};
    agree(codes, affine(16), Similarity.DOT, queries, 20, VectorIndex.ALL);
    agree(codes, affine(16), Similarity.COSINE, queries, 20, VectorIndex.ALL);
  }

  @ParameterizedTest
  @EnumSource(names = {"EUCLIDEAN", "MANHATTAN"})
  void distancesAreComparedAsFloats(Similarity similarity) {
    agree(codes(600, 8, 40), affine(8), similarity, queries(9, 8), 10, VectorIndex.ALL);
    assertThat(calls.get()).isZero();
  }

  @Test
  void refusesOtherCodesAndBadQueries() {
    VectorMatrix codes = codes(10, 8, 40);
    assertThatThrownBy(() -> CodeIndex.of(codes, Affine.identity(9), Similarity.DOT))
        .hasMessageContaining("INT8 with 9 dimensions");
    ByteBlocks blocks = new ByteBlocks(codes, affine(8), Kernel.best().lanes());
    CodeIndex index = new CodeIndex(blocks, Similarity.DOT, Optional.of(plain));
    float[][] queries = queries(9, 8);
    queries[8][1] = Float.NaN;
    assertThatThrownBy(() -> index.search(queries, 1)).hasMessageContaining("Query 8 is NaN");
    assertThatThrownBy(() -> index.search(queries(9, 8), 0))
        .hasMessageContaining("k must be at least 1");
  }
}
