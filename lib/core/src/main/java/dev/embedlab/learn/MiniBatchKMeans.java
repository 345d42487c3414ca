package dev.embedlab.learn;

import dev.embedlab.sampling.NumpyRandomState;
import java.util.Arrays;

/**
 * Mini-batch k-means with greedy k-means++ seeding, step for step as scikit-learn 1.9's {@code
 * MiniBatchKMeans}: the same random numbers are drawn in the same order, so that only rounding can
 * tell the two apart.
 *
 * <p>Source: Sculley, "Web-scale k-means clustering", WWW 2010; Arthur and Vassilvitskii,
 * "k-means++: the advantages of careful seeding", SODA 2007.
 *
 * @param clusters k, at least 1
 * @param batchSize vectors in a step, at least 1
 * @param seed of the random numbers
 */
public record MiniBatchKMeans(int clusters, int batchSize, long seed) {

  private static final int MAX_EPOCHS = 100;
  private static final int PATIENCE = 10;
  private static final float REASSIGNMENT_RATIO = 0.01f;

  public MiniBatchKMeans {
    if (clusters < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "clusters and batchSize must be at least 1, but are %d and %d."
              .formatted(clusters, batchSize));
    }
  }

  /**
   * Clusters vectors.
   *
   * @param vectors {@code [n][dim]}, at least as many as clusters
   * @return {@code [n]} cluster of each vector, from 0
   */
  public int[] fit(float[][] vectors) {
    if (vectors.length < clusters) {
      throw new IllegalArgumentException(
          "%d vectors cannot form %d clusters.".formatted(vectors.length, clusters));
    }
    return new Fit(vectors).run();
  }

  /** The state of one fit. */
  private final class Fit {
    private final float[][] vectors;
    private final int batch;
    private final NumpyRandomState random = new NumpyRandomState(seed);
    private final float[] counts = new float[clusters];
    private Centers centers;
    private int sinceReassignment;
    private double smoothed = Double.NaN;
    private double smoothedLeast = Double.POSITIVE_INFINITY;
    private int noImprovement;

    Fit(float[][] vectors) {
      this.vectors = vectors;
      this.batch = Math.min(batchSize, vectors.length);
    }

    int[] run() {
      centers = new Centers(seedCenters());
      int steps = (int) ((long) MAX_EPOCHS * vectors.length / batch);
      for (int step = 0; step < steps; step++) {
        if (converged(step, step() / batch)) {
          break;
        }
      }
      return Arrays.stream(vectors).parallel().mapToInt(centers::nearest).toArray();
    }

    private float[][] seedCenters() {
      int size = 3 * batch;
      size = Math.min(size < clusters ? 3 * clusters : size, vectors.length);
      // The reference draws a validation set here even for a single start; its value is not used.
      random.randint(vectors.length, size);
      float[][] candidates = vectors;
      if (size < vectors.length) {
        int[] drawn = random.randint(vectors.length, size);
        candidates = Arrays.stream(drawn).mapToObj(i -> vectors[i]).toArray(float[][]::new);
      }
      return PlusPlus.seed(candidates, clusters, random);
    }

    /** One mini-batch; returns the sum of squared distances to the centers before the update. */
    private double step() {
      int[] drawn = random.choice(vectors.length, batch);
      boolean reassign = isReassignmentDue();
      int[] labels = Arrays.stream(drawn).map(i -> centers.nearest(vectors[i])).toArray();
      double inertia = 0;
      for (int i = 0; i < batch; i++) {
        inertia += centers.squaredDistance(vectors[drawn[i]], labels[i]);
      }
      Centers updated = centers.copy();
      update(updated, drawn, labels);
      if (reassign) {
        reassign(updated, drawn);
      }
      updated.refreshNorms();
      centers = updated;
      return inertia;
    }

    private void update(Centers updated, int[] drawn, int[] labels) {
      float[] added = new float[clusters];
      for (int label : labels) {
        added[label]++;
      }
      for (int k = 0; k < clusters; k++) {
        if (added[k] > 0) {
          updated.scale(k, counts[k]);
        }
      }
      for (int i = 0; i < labels.length; i++) {
        updated.add(labels[i], vectors[drawn[i]]);
      }
      for (int k = 0; k < clusters; k++) {
        if (added[k] > 0) {
          counts[k] += added[k];
          updated.scale(k, 1 / counts[k]);
        }
      }
    }

    private boolean isReassignmentDue() {
      sinceReassignment += batch;
      boolean empty = false;
      for (float count : counts) {
        empty |= count == 0;
      }
      if (empty || sinceReassignment >= 10 * clusters) {
        sinceReassignment = 0;
        return true;
      }
      return false;
    }

    /** Moves centers that hardly any vector chose to random vectors of the batch. */
    private void reassign(Centers updated, int[] drawn) {
      float most = 0;
      for (float count : counts) {
        most = Math.max(most, count);
      }
      boolean[] rare = new boolean[clusters];
      int rareCount = 0;
      for (int k = 0; k < clusters; k++) {
        rare[k] = counts[k] < REASSIGNMENT_RATIO * most;
        rareCount += rare[k] ? 1 : 0;
      }
      if (rareCount > batch / 2.0) {
        rareCount = keepRarest(rare);
      }
      if (rareCount == 0) {
        return;
      }
      int[] chosen = random.permutation(batch);
      float least = Float.POSITIVE_INFINITY;
      for (int k = 0, next = 0; k < clusters; k++) {
        if (rare[k]) {
          updated.set(k, vectors[drawn[chosen[next++]]]);
        } else {
          least = Math.min(least, counts[k]);
        }
      }
      for (int k = 0; k < clusters; k++) {
        counts[k] = rare[k] ? least : counts[k];
      }
    }

    /** At most half a batch of centers is moved: those with the smallest counts. */
    private int keepRarest(boolean[] rare) {
      Integer[] order = new Integer[clusters];
      Arrays.setAll(order, k -> k);
      Arrays.sort(order, (a, b) -> Float.compare(counts[a], counts[b]));
      for (int i = batch / 2; i < clusters; i++) {
        rare[order[i]] = false;
      }
      int left = 0;
      for (boolean r : rare) {
        left += r ? 1 : 0;
      }
      return left;
    }

    /** Stops when the smoothed inertia has not fallen for some steps. */
    private boolean converged(int step, double inertia) {
      if (step == 0) {
        return false;
      }
      double alpha = Math.min(1, batch * 2.0 / (vectors.length + 1));
      smoothed = Double.isNaN(smoothed) ? inertia : smoothed * (1 - alpha) + inertia * alpha;
      if (smoothed < smoothedLeast) {
        noImprovement = 0;
        smoothedLeast = smoothed;
      } else {
        noImprovement++;
      }
      return noImprovement >= PATIENCE;
    }
  }
}
