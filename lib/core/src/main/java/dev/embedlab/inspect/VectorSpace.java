package dev.embedlab.inspect;

import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.Hits;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The shape of a vector space.
 *
 * @param meanCosine of random pairs: 0 if directions are spread evenly, near 1 if all point one way
 *     (anisotropy; Ethayarajh, EMNLP 2019)
 * @param hubness skewness of how often a vector is among the k nearest of others: above 1 a few
 *     hubs crowd out the rest (Radovanović et al., JMLR 2010)
 * @param largestHub most often that one vector is among the k nearest
 * @param antihubs share of vectors that are nobody's neighbour
 * @param meanNorm mean length of the vectors
 * @param k neighbours counted
 */
public record VectorSpace(
    double meanCosine, double hubness, int largestHub, double antihubs, double meanNorm, int k) {

  private static final int PAIRS = 20_000;

  /** With 10 neighbours. */
  public static VectorSpace of(float[][] vectors) {
    return of(vectors, 10, 42);
  }

  /**
   * @param vectors {@code [n][dim]}, more than k
   * @param k neighbours counted
   * @param seed of the random pairs
   */
  public static VectorSpace of(float[][] vectors, int k, long seed) {
    if (vectors.length <= k) {
      throw new IllegalArgumentException(
          "%d neighbours need more vectors than %d.".formatted(k, vectors.length));
    }
    int[] occurrences = occurrences(vectors, k);
    return new VectorSpace(
        meanCosine(vectors, new SplittableRandom(seed)),
        skewness(occurrences),
        Arrays.stream(occurrences).max().orElse(0),
        Arrays.stream(occurrences).filter(n -> n == 0).count() / (double) vectors.length,
        Arrays.stream(vectors).mapToDouble(VectorSpace::norm).average().orElse(0),
        k);
  }

  private static int[] occurrences(float[][] vectors, int k) {
    int[] occurrences = new int[vectors.length];
    try (ExactIndex index = ExactIndex.of(vectors, Similarity.COSINE)) {
      Hits hits = index.search(vectors, k + 1);
      for (int i = 0; i < vectors.length; i++) {
        int counted = 0;
        for (int neighbour : hits.positions()[i]) {
          if (neighbour != i && counted++ < k) {
            occurrences[neighbour]++;
          }
        }
      }
    }
    return occurrences;
  }

  private static double skewness(int[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = 0;
    double cubes = 0;
    for (int value : values) {
      squares += Math.pow(value - mean, 2) / values.length;
      cubes += Math.pow(value - mean, 3) / values.length;
    }
    return squares == 0 ? 0 : cubes / Math.pow(squares, 1.5);
  }

  private static double meanCosine(float[][] vectors, SplittableRandom random) {
    double sum = 0;
    for (int p = 0; p < PAIRS; p++) {
      int i = random.nextInt(vectors.length);
      int j = (i + 1 + random.nextInt(vectors.length - 1)) % vectors.length;
      sum += cosine(vectors[i], vectors[j]);
    }
    return sum / PAIRS;
  }

  static double cosine(float[] a, float[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
    }
    double norms = norm(a) * norm(b);
    return norms == 0 ? 0 : dot / norms;
  }

  private static double norm(float[] a) {
    double squares = 0;
    for (float value : a) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "mean cosine %.3f, hubness %.2f (largest hub near %d vectors, %.1f %% near none), mean norm %.3f",
        meanCosine,
        hubness,
        largestHub,
        100 * antihubs,
        meanNorm);
  }
}
