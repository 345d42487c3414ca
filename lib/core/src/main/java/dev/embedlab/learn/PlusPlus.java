package dev.embedlab.learn;

import dev.embedlab.sampling.NumpyRandomState;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Greedy k-means++ seeding: each next center is the best of {@code 2 + ln k} candidates drawn with
 * probabilities proportional to the squared distance from the centers so far.
 */
final class PlusPlus {

  private PlusPlus() {}

  static float[][] seed(float[][] vectors, int clusters, NumpyRandomState random) {
    int trials = 2 + (int) Math.log(clusters);
    float[][] centers = new float[clusters][];
    centers[0] = vectors[random.choice(vectors.length, 1)[0]].clone();
    float[] closest = distances(vectors, centers[0]);
    float potential = sum(closest);
    for (int c = 1; c < clusters; c++) {
      double[] targets = new double[trials];
      for (int t = 0; t < trials; t++) {
        targets[t] = random.randomSample() * potential;
      }
      int[] candidates = search(closest, targets);
      float[] best = new float[0];
      int chosen = -1;
      for (int candidate : candidates) {
        float[] updated = distances(vectors, vectors[candidate]);
        for (int i = 0; i < updated.length; i++) {
          updated[i] = Math.min(updated[i], closest[i]);
        }
        float sum = sum(updated);
        if (chosen < 0 || sum < potential) {
          best = updated;
          chosen = candidate;
          potential = sum;
        }
      }
      closest = best;
      centers[c] = vectors[chosen].clone();
    }
    return centers;
  }

  /** Positions where the running sum first reaches each target. */
  private static int[] search(float[] weights, double[] targets) {
    float[] running = new float[weights.length];
    float sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      running[i] = sum;
    }
    return Arrays.stream(targets).mapToInt(target -> firstAtLeast(running, target)).toArray();
  }

  private static int firstAtLeast(float[] running, double target) {
    int low = 0;
    int high = running.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (running[middle] < target) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static float[] distances(float[][] vectors, float[] center) {
    double[] sums =
        IntStream.range(0, vectors.length)
            .parallel()
            .mapToDouble(i -> squaredDistance(vectors[i], center))
            .toArray();
    float[] distances = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      distances[i] = (float) sums[i];
    }
    return distances;
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double d = a[i] - b[i];
      sum += d * d;
    }
    return sum;
  }

  private static float sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return (float) sum;
  }
}
