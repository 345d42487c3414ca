package dev.embedlab.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.encode.Similarity;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExactIndexTest {

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

  private static double similarity(Similarity similarity, float[] x, float[] y) {
    double dot = 0, xx = 0, yy = 0, squares = 0, absolutes = 0;
    for (int i = 0; i < x.length; i++) {
      dot += (double) x[i] * y[i];
      xx += (double) x[i] * x[i];
      yy += (double) y[i] * y[i];
      squares += ((double) x[i] - y[i]) * ((double) x[i] - y[i]);
      absolutes += Math.abs((double) x[i] - y[i]);
    }
    return switch (similarity) {
      case DOT -> dot;
      case COSINE -> xx == 0 || yy == 0 ? 0 : dot / Math.sqrt(xx * yy);
      case EUCLIDEAN -> -Math.sqrt(squares);
      case MANHATTAN -> -absolutes;
    };
  }

  @ParameterizedTest
  @EnumSource(Similarity.class)
  void givesTheTrueScoresInDescendingOrder(Similarity similarity) {
    float[][] vectors = random(1003, 37, 1);
    float[][] queries = random(9, 37, 2);
    Hits hits = ExactIndex.of(vectors, similarity).search(queries, 1003);
    for (int q = 0; q < queries.length; q++) {
      assertThat(hits.positions()[q]).hasSize(1003).doesNotHaveDuplicates();
      for (int i = 0; i < 1003; i++) {
        float score = hits.scores()[q][i];
        double truth = similarity(similarity, queries[q], vectors[hits.positions()[q][i]]);
        assertThat((double) score).isCloseTo(truth, org.assertj.core.api.Assertions.within(2e-5));
        assertThat(i == 0 || hits.scores()[q][i - 1] >= score).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Similarity.class)
  void scalarAndVectorKernelsAgreeToTheBit(Similarity similarity) {
    float[][] vectors = random(530, 65, 3);
    float[][] queries = random(14, 65, 4);
    Hits fast = ExactIndex.of(vectors, similarity).search(queries, 40);
    Kernel scalar = new ScalarKernel();
    Hits slow =
        new ExactIndex(new PackedBlocks(vectors, scalar.lanes()), similarity, scalar)
            .search(queries, 40);
    assertThat(slow.positions()).isDeepEqualTo(fast.positions());
    assertThat(slow.scores()).isDeepEqualTo(fast.scores());
  }

  /** Rows of every type, compared where they lie, score as the floats that they stand for. */
  @ParameterizedTest
  @EnumSource(Similarity.class)
  void rowsOfAnyTypeScoreAsTheirFloats(Similarity similarity) {
    float[][] queries = random(8, 43, 11);
    for (ElementType type : ElementType.values()) {
      if (type == ElementType.INT8) {
        continue; // codes, see CodeIndexTest
      }
      VectorMatrix rows = VectorMatrix.copyOf(random(601, 43, 10), type);
      Hits where = ExactIndex.over(rows, similarity).search(queries, 30, p -> p % 2 == 1);
      Hits copied = ExactIndex.of(rows.toArray(), similarity).search(queries, 30, p -> p % 2 == 1);
      assertThat(where.positions()).as(type.name()).isDeepEqualTo(copied.positions());
      assertThat(where.scores()).as(type.name()).isDeepEqualTo(copied.scores());
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "5", "6", "7", "13"})
  void aScoreDoesNotDependOnTheQueriesBesideIt(int together) {
    float[][] vectors = random(700, 48, 5);
    float[][] queries = random(together, 48, 6);
    ExactIndex index = ExactIndex.of(vectors, Similarity.COSINE);
    Hits all = index.search(queries, 25);
    for (int q = 0; q < together; q++) {
      Hits alone = index.search(new float[][] {queries[q]}, 25);
      assertThat(alone.positions()[0]).isEqualTo(all.positions()[q]);
      assertThat(alone.scores()[0]).isEqualTo(all.scores()[q]);
    }
  }

  @Test
  void equalVectorsComeInOrderOfPosition() {
    float[][] vectors = new float[600][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = new float[] {i % 3 == 0 ? 1 : 0, 1};
    }
    Hits hits = ExactIndex.of(vectors, Similarity.DOT).search(new float[][] {{1, 0}}, 5);
    assertThat(hits.positions()[0]).containsExactly(0, 3, 6, 9, 12);
  }

  @Test
  void aZeroVectorHasCosineZero() {
    float[][] vectors = {{0, 0}, {1, 0}, {-1, 0}};
    ExactIndex index = ExactIndex.of(vectors, Similarity.COSINE);
    assertThat(index.search(new float[][] {{2, 0}}, 9).scores()[0]).containsExactly(1, 0, -1);
    assertThat(index.search(new float[][] {{0, 0}}, 9).scores()[0]).containsExactly(0, 0, 0);
  }

  @Test
  void searchesOnlyWhatTheFilterLetsThrough() {
    float[][] vectors = random(900, 8, 8);
    Hits hits =
        ExactIndex.of(vectors, Similarity.DOT).search(random(3, 8, 9), 1000, i -> i % 10 == 4);
    for (int[] positions : hits.positions()) {
      assertThat(positions).hasSize(90);
      assertThat(positions).matches(all -> java.util.Arrays.stream(all).allMatch(i -> i % 10 == 4));
    }
  }

  @Test
  void refusesBadInputInOneSentence() {
    ExactIndex index = ExactIndex.of(new float[][] {{1, 2}}, Similarity.DOT);
    assertThatThrownBy(() -> index.search(new float[][] {{1, 2, 3}}, 1))
        .hasMessageContaining("Query 0 has 3 dimensions, but 2 are expected");
    assertThatThrownBy(() -> index.search(new float[][] {{1, Float.NaN}}, 1))
        .hasMessageContaining("Query 0 is NaN at dimension 1");
    assertThatThrownBy(() -> index.search(new float[][] {{1, 2}}, 0))
        .hasMessageContaining("k must be at least 1");
    assertThatThrownBy(() -> ExactIndex.of(new float[0][], Similarity.DOT))
        .hasMessageContaining("There is no vector");
    assertThatThrownBy(() -> ExactIndex.of(new float[][] {{1}, {1, 2}}, Similarity.DOT))
        .hasMessageContaining("Vector 1 has 2 dimensions");
    assertThatThrownBy(
            () -> ExactIndex.of(new float[][] {{Float.POSITIVE_INFINITY}}, Similarity.DOT))
        .hasMessageContaining("Infinity");
  }
}
