package dev.embedlab.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.Golden;
import dev.embedlab.vector.Hits;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Against faiss on the same data, which the script and this class make by the same formula. */
class ProductQuantizerTest {

  private static final int DIM = 32;
  private static final int RANK = 12;

  private static JsonNode golden;
  private static float[][] train;
  private static float[][] test;

  @BeforeAll
  static void makeData() {
    golden = Golden.cases("pq");
    train = correlated(8000, 2);
    test = correlated(2000, 4);
  }

  private static double[] uniform(int count, long seed) {
    double[] values = new double[count];
    long state = seed;
    for (int i = 0; i < count; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      values[i] = (state >>> 11) / (double) (1L << 53) - 0.5;
    }
    return values;
  }

  private static float[][] correlated(int n, long seed) {
    double[] weights = uniform(RANK * DIM, 1);
    double[] factors = uniform(n * RANK, seed);
    double[] noise = uniform(n * DIM, seed + 1);
    float[][] vectors = new float[n][DIM];
    for (int row = 0; row < n; row++) {
      for (int i = 0; i < DIM; i++) {
        double sum = 0.1 * noise[row * DIM + i];
        for (int r = 0; r < RANK; r++) {
          sum = sum + factors[row * RANK + r] * weights[r * DIM + i];
        }
        vectors[row][i] = (float) sum;
      }
    }
    return vectors;
  }

  @Test
  void theDataIsThatOfTheScript() {
    assertThat(Arrays.copyOf(train, 2)).isDeepEqualTo(Golden.matrix(golden.get("first")));
  }

  @ParameterizedTest
  @CsvSource({"8, PQ8", "4, PQ4"})
  void errsAsMuchAsFaissToTwoPercent(int m, String name) {
    double faiss = golden.get("relative_error").get(name).asDouble();
    double error = ProductQuantizer.train(train, m, 7).relativeError(test);
    assertThat(error / faiss).isCloseTo(1, within(0.02));
  }

  @Test
  void theRotationErrsAsLittleAsThatOfFaissToTwoPercent() {
    double faiss = golden.get("relative_error").get("OPQ4,PQ4").asDouble();
    ProductQuantizer quantizer = ProductQuantizer.trainOptimized(train, 4, 7);
    assertThat(quantizer.name()).isEqualTo("OPQ4");
    assertThat(quantizer.relativeError(test) / faiss).isLessThan(1.02);
    float[][] there = quantizer.rotation().orElseThrow().apply(test);
    float[][] back = quantizer.rotation().orElseThrow().invert(there);
    assertThat(back[5]).containsExactly(test[5], within(1e-5f));
  }

  @ParameterizedTest
  @EnumSource(
      value = Similarity.class,
      names = {"DOT", "EUCLIDEAN"})
  void anIndexScoresWhatTheCodesStandFor(Similarity similarity) {
    ProductQuantizer quantizer = ProductQuantizer.train(Arrays.copyOf(train, 2000), 8, 7);
    Codes codes = quantizer.encode(test);
    float[][] queries = Arrays.copyOf(train, 5);
    Hits hits = quantizer.index(codes, similarity).search(queries, 20);
    Hits expected = ExactIndex.of(quantizer.decode(codes), similarity).search(queries, 20);
    for (int q = 0; q < 5; q++) {
      assertThat(hits.scores()[q]).containsExactly(expected.scores()[q], within(1e-5f));
    }
  }

  @Test
  void theSameSeedTrainsTheSameCentroids() {
    float[][] few = Arrays.copyOf(train, 600);
    assertThat(ProductQuantizer.train(few, 4, 3).centroids())
        .isDeepEqualTo(ProductQuantizer.train(few, 4, 3).centroids());
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> ProductQuantizer.train(train, 5, 1))
        .hasMessageContaining("divisor of 32");
    assertThatThrownBy(() -> ProductQuantizer.train(Arrays.copyOf(train, 255), 4, 1))
        .hasMessageContaining("256 training vectors");
  }
}
