package dev.embedlab.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.ExactIndex;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Recall of the graph at the usual settings. {@code -Dembedlab.hnsw.size=100000} makes it the
 * hundred thousand that the project promises the figure for.
 */
class HnswRecallTest {

  private static final int SIZE = Integer.getInteger("embedlab.hnsw.size", 4000);
  private static final int DIM = 128;
  private static final int FACTORS = 32;

  /** Vectors near a subspace, as embeddings are. */
  private static float[][] vectors(int count, long seed) {
    Random axes = new Random(1);
    float[][] factors = new float[FACTORS][DIM];
    for (float[] factor : factors) {
      for (int i = 0; i < DIM; i++) {
        factor[i] = (float) axes.nextGaussian();
      }
    }
    Random random = new Random(seed);
    float[][] vectors = new float[count][DIM];
    for (float[] vector : vectors) {
      for (float[] factor : factors) {
        float weight = (float) random.nextGaussian();
        for (int i = 0; i < DIM; i++) {
          vector[i] += weight * factor[i];
        }
      }
      for (int i = 0; i < DIM; i++) {
        vector[i] += (float) random.nextGaussian();
      }
    }
    return vectors;
  }

  @Test
  void isAboveNinetyFivePercentAtM16AndEf200() {
    float[][] vectors = vectors(SIZE, 2);
    float[][] queries = vectors(200, 3);
    int[][] truth = ExactIndex.of(vectors, Similarity.COSINE).search(queries, 10).positions();
    HnswOptions options = new HnswOptions(16, 200, 200, HnswOptions.Quantization.NONE);
    try (HnswIndex graph = HnswIndex.build(vectors, Similarity.COSINE, options)) {
      int[][] found = graph.search(queries, 10).positions();
      double recall =
          IntStream.range(0, queries.length)
              .mapToDouble(q -> shared(truth[q], found[q]) / 10.0)
              .average()
              .orElseThrow();
      System.out.printf("HNSW recall@10 of %,d x %d: %.3f%n", SIZE, DIM, recall);
      assertThat(recall).isGreaterThanOrEqualTo(0.95);
    }
  }

  private static long shared(int[] truth, int[] found) {
    return Arrays.stream(found).filter(p -> Arrays.stream(truth).anyMatch(t -> t == p)).count();
  }
}
