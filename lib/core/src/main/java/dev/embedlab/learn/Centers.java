package dev.embedlab.learn;

/** Cluster centers laid out {@code [dim][clusters]}: all are compared with a vector in one pass. */
final class Centers {

  private final int clusters;
  private final float[] values;
  private final float[] squaredNorms;

  Centers(float[][] centers) {
    this(centers.length, new float[centers.length * centers[0].length]);
    for (int k = 0; k < clusters; k++) {
      set(k, centers[k]);
    }
    refreshNorms();
  }

  private Centers(int clusters, float[] values) {
    this.clusters = clusters;
    this.values = values;
    this.squaredNorms = new float[clusters];
  }

  Centers copy() {
    return new Centers(clusters, values.clone());
  }

  void refreshNorms() {
    java.util.Arrays.fill(squaredNorms, 0);
    for (int at = 0; at < values.length; at += clusters) {
      for (int k = 0; k < clusters; k++) {
        squaredNorms[k] += values[at + k] * values[at + k];
      }
    }
  }

  /** The nearest center by |c|^2 - 2 x.c; ties go to the first. */
  int nearest(float[] vector) {
    float[] distances = squaredNorms.clone();
    for (int j = 0; j < vector.length; j++) {
      float x = -2 * vector[j];
      int row = j * clusters;
      for (int k = 0; k < clusters; k++) {
        distances[k] += x * values[row + k];
      }
    }
    int best = 0;
    for (int k = 1; k < clusters; k++) {
      best = distances[k] < distances[best] ? k : best;
    }
    return best;
  }

  double squaredDistance(float[] vector, int cluster) {
    double sum = 0;
    for (int j = 0; j < vector.length; j++) {
      double d = vector[j] - values[j * clusters + cluster];
      sum += d * d;
    }
    return sum;
  }

  void set(int cluster, float[] vector) {
    for (int j = 0; j < vector.length; j++) {
      values[j * clusters + cluster] = vector[j];
    }
  }

  void add(int cluster, float[] vector) {
    for (int j = 0; j < vector.length; j++) {
      values[j * clusters + cluster] += vector[j];
    }
  }

  void scale(int cluster, float factor) {
    for (int at = cluster; at < values.length; at += clusters) {
      values[at] *= factor;
    }
  }
}
