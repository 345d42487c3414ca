package dev.embedlab.frontier;

import dev.embedlab.encode.Similarity;
import dev.embedlab.metrics.Spearman;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.Similarities;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How much of the geometry is kept when vectors are made smaller, without any judgements: on a
 * sample, whether pairs that were alike still are, and whether neighbours still are neighbours.
 *
 * @param spearman rank correlation of the cosines of all pairs before and after, -1 to 1
 * @param neighbours share of the ten nearest neighbours by cosine that are kept, 0 to 1
 */
public record Fidelity(double spearman, double neighbours) {

  private static final int SAMPLE = 1000;
  private static final int NEAREST = 10;

  /**
   * @param before {@code [n][dim]}, 12 vectors or more
   * @param after {@code [n][other dim]}, the same vectors in the same order
   * @param seed of the sample of at most 1,000 vectors
   */
  public static Fidelity of(float[][] before, float[][] after, long seed) {
    if (before.length != after.length || before.length < NEAREST + 2) {
      throw new IllegalArgumentException(
          "%d vectors before and %d after: give the same %d or more."
              .formatted(before.length, after.length, NEAREST + 2));
    }
    int[] sample = sample(before.length, seed);
    float[][] x = units(before, sample);
    float[][] y = units(after, sample);
    return new Fidelity(new Spearman().score(cosines(x), cosines(y)), neighbours(x, y));
  }

  /** Distinct rows: the head of a shuffle. */
  private static int[] sample(int n, long seed) {
    int[] rows = IntStream.range(0, n).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    int size = Math.min(SAMPLE, n);
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i, n);
      int row = rows[i];
      rows[i] = rows[j];
      rows[j] = row;
    }
    return Arrays.copyOf(rows, size);
  }

  private static float[][] units(float[][] vectors, int[] sample) {
    return Arrays.stream(sample)
        .mapToObj(row -> Similarities.unit(vectors[row]))
        .toArray(float[][]::new);
  }

  private static double[] cosines(float[][] units) {
    double[] cosines = new double[units.length * (units.length - 1) / 2];
    int at = 0;
    for (int i = 0; i < units.length; i++) {
      for (int j = 0; j < i; j++) {
        cosines[at++] = Similarities.score(Similarity.DOT, units[i], units[j]);
      }
    }
    return cosines;
  }

  private static double neighbours(float[][] x, float[][] y) {
    int[][] before = ExactIndex.of(x, Similarity.DOT).search(x, NEAREST + 1).positions();
    int[][] after = ExactIndex.of(y, Similarity.DOT).search(y, NEAREST + 1).positions();
    long kept = 0;
    for (int i = 0; i < x.length; i++) {
      List<Integer> truth = others(before[i], i);
      kept += others(after[i], i).stream().filter(truth::contains).count();
    }
    return (double) kept / ((long) NEAREST * x.length);
  }

  /** The nearest ten other than the vector itself. */
  private static List<Integer> others(int[] positions, int self) {
    return Arrays.stream(positions).filter(p -> p != self).limit(NEAREST).boxed().toList();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "Spearman %.3f, neighbours %.3f", spearman, neighbours);
  }
}
