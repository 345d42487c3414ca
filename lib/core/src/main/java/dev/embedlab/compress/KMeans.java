package dev.embedlab.compress;

import dev.embedlab.vector.Checks;
import dev.embedlab.vector.PackedMatrix;
import dev.embedlab.vector.TopK;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Lloyd's k-means with Euclidean distance, as faiss trains its quantizers: starts from random
 * points, looks at no more than 256 points a centroid, and splits the largest cluster when one runs
 * empty.
 */
public final class KMeans {

  private static final int POINTS_PER_CENTROID = 256;
  private static final float SPLIT = 1 / 1024f;

  /** Up to so many dimensions, finding the best of all products is most of the work. */
  private static final int NARROW = 32;

  private final float[][] centroids;
  private PackedMatrix packed;
  private float[] halfSquares;

  private KMeans(float[][] centroids) {
    this.centroids = centroids;
    pack();
  }

  /**
   * @param points {@code [n][dim]}
   * @param k number of centroids, at most n
   * @param iterations 10 for coarse quantizers, 25 for product quantizers
   */
  public static KMeans train(float[][] points, int k, int iterations, long seed) {
    Checks.vectors(points, "Point");
    if (k < 1 || k > points.length) {
      throw new IllegalArgumentException(
          "%d centroids need as many points at least, but there are %d."
              .formatted(k, points.length));
    }
    float[][] shuffled = points.clone();
    shuffle(shuffled, new SplittableRandom(seed));
    int used = (int) Math.min(points.length, (long) k * POINTS_PER_CENTROID);
    float[][] sample = Arrays.copyOf(shuffled, used);
    KMeans means =
        new KMeans(Arrays.stream(sample, 0, k).map(float[]::clone).toArray(float[][]::new));
    for (int i = 0; i < iterations; i++) {
      means.update(sample);
    }
    return means;
  }

  /**
   * @param centroids {@code [k][dim]}, kept
   */
  public static KMeans of(float[][] centroids) {
    return new KMeans(centroids);
  }

  /** {@code [k][dim]}; do not change. */
  public float[][] centroids() {
    return centroids;
  }

  /** Index of the nearest centroid of each point, {@code [n]}; the lower one of two as near. */
  public int[] assign(float[][] points) {
    if (centroids[0].length <= NARROW) {
      return packed.largest(points, halfSquares);
    }
    int[] nearest = new int[points.length];
    int batch = 4096;
    for (int from = 0; from < points.length; from += batch) {
      int first = from;
      float[][] dots =
          packed.multiply(Arrays.copyOfRange(points, from, Math.min(from + batch, points.length)));
      IntStream.range(0, dots.length)
          .parallel()
          .forEach(i -> nearest[first + i] = nearest(dots[i]));
    }
    return nearest;
  }

  /**
   * The nearest centroids of each point, nearest first.
   *
   * @param count centroids wanted, at most k
   * @param dots whether the largest dot product counts as nearest, rather than the least distance
   * @return {@code [n][count]}
   */
  public int[][] nearest(float[][] points, int count, boolean dots) {
    float[][] products = packed.multiply(points);
    int[][] nearest = new int[points.length][];
    IntStream.range(0, points.length)
        .parallel()
        .forEach(
            n -> {
              TopK best = new TopK(count);
              for (int c = 0; c < centroids.length; c++) {
                best.offer(products[n][c] - (dots ? 0 : halfSquares[c]), c);
              }
              nearest[n] = Arrays.stream(best.bestFirst()).mapToInt(TopK::position).toArray();
            });
    return nearest;
  }

  /** By |x - c|^2 = |x|^2 - 2 (x.c - |c|^2 / 2). */
  private int nearest(float[] dots) {
    int best = 0;
    float most = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < dots.length; c++) {
      float closeness = dots[c] - halfSquares[c];
      if (closeness > most) {
        most = closeness;
        best = c;
      }
    }
    return best;
  }

  private void update(float[][] points) {
    int dim = centroids[0].length;
    int[] nearest = assign(points);
    double[][] sums = new double[centroids.length][dim];
    int[] counts = new int[centroids.length];
    for (int n = 0; n < points.length; n++) {
      double[] sum = sums[nearest[n]];
      for (int i = 0; i < dim; i++) {
        sum[i] += points[n][i];
      }
      counts[nearest[n]]++;
    }
    for (int c = 0; c < centroids.length; c++) {
      for (int i = 0; i < dim && counts[c] > 0; i++) {
        centroids[c][i] = (float) (sums[c][i] / counts[c]);
      }
    }
    splitEmpty(counts);
    pack();
  }

  private void splitEmpty(int[] counts) {
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] == 0) {
        int largest = 0;
        for (int other = 1; other < counts.length; other++) {
          largest = counts[other] > counts[largest] ? other : largest;
        }
        for (int i = 0; i < centroids[c].length; i++) {
          float push = i % 2 == 0 ? 1 + SPLIT : 1 - SPLIT;
          centroids[c][i] = centroids[largest][i] * push;
          centroids[largest][i] *= 2 - push;
        }
        counts[c] = counts[largest] / 2;
        counts[largest] -= counts[c];
      }
    }
  }

  private void pack() {
    packed = new PackedMatrix(centroids);
    halfSquares = new float[centroids.length];
    for (int c = 0; c < centroids.length; c++) {
      double squares = 0;
      for (float value : centroids[c]) {
        squares += (double) value * value;
      }
      halfSquares[c] = (float) (squares / 2);
    }
  }

  private static void shuffle(float[][] points, SplittableRandom random) {
    for (int i = points.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      float[] other = points[i];
      points[i] = points[j];
      points[j] = other;
    }
  }
}
