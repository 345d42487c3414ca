package dev.embedlab.learn;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * k-nearest-neighbour classification with several labels a text: a label is predicted if more than
 * half of the k nearest training vectors (Euclidean) have it. As scikit-learn's {@code
 * KNeighborsClassifier} on an indicator matrix.
 *
 * @param k neighbours that vote, at least 1
 */
public record NearestNeighbors(int k) {

  public NearestNeighbors {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, but is %d.".formatted(k));
    }
  }

  /**
   * @param train {@code [n][dim]}, at least k
   * @param labels {@code [n][labels]}
   * @param test {@code [m][dim]}
   * @return {@code [m][labels]}
   */
  public boolean[][] predict(float[][] train, boolean[][] labels, float[][] test) {
    if (train.length < k) {
      throw new IllegalArgumentException(
          "%d neighbours need as many training texts, but there are %d."
              .formatted(k, train.length));
    }
    return Arrays.stream(test)
        .parallel()
        .map(vector -> vote(nearest(train, vector), labels))
        .toArray(boolean[][]::new);
  }

  private int[] nearest(float[][] train, float[] vector) {
    double[] distances =
        Arrays.stream(train).mapToDouble(other -> squaredDistance(other, vector)).toArray();
    return IntStream.range(0, train.length)
        .boxed()
        .sorted((a, b) -> Double.compare(distances[a], distances[b]))
        .limit(k)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private boolean[] vote(int[] neighbours, boolean[][] labels) {
    boolean[] predicted = new boolean[labels[0].length];
    for (int label = 0; label < predicted.length; label++) {
      int votes = 0;
      for (int neighbour : neighbours) {
        votes += labels[neighbour][label] ? 1 : 0;
      }
      predicted[label] = 2 * votes > k;
    }
    return predicted;
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double d = a[i] - b[i];
      sum += d * d;
    }
    return sum;
  }
}
