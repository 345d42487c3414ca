package dev.embedlab.metrics;

import java.util.HashMap;
import java.util.Map;

/**
 * V-measure of a clustering: the harmonic mean of homogeneity {@code 1 - H(C|K) / H(C)} (a cluster
 * holds one class) and completeness {@code 1 - H(K|C) / H(K)} (a class lies in one cluster).
 *
 * <p>Variant: as scikit-learn's {@code v_measure_score}, beta 1. Source: Rosenberg and Hirschberg,
 * "V-Measure: a conditional entropy-based external cluster evaluation measure", EMNLP 2007.
 */
public record VMeasure() implements LabelMetric {

  @Override
  public String name() {
    return "v_measure";
  }

  @Override
  public double score(int[] truth, int[] predicted) {
    LabelMetric.check(truth, predicted);
    Map<Integer, Integer> classes = new HashMap<>();
    Map<Integer, Integer> clusters = new HashMap<>();
    Map<Long, Integer> joint = new HashMap<>();
    for (int i = 0; i < truth.length; i++) {
      classes.merge(truth[i], 1, Integer::sum);
      clusters.merge(predicted[i], 1, Integer::sum);
      joint.merge((long) truth[i] << 32 | predicted[i] & 0xffffffffL, 1, Integer::sum);
    }
    double classEntropy = entropy(classes, truth.length);
    double clusterEntropy = entropy(clusters, truth.length);
    double shared = mutualInformation(joint, classes, clusters, truth.length);
    double homogeneity = classEntropy == 0 ? 1 : shared / classEntropy;
    double completeness = clusterEntropy == 0 ? 1 : shared / clusterEntropy;
    double sum = homogeneity + completeness;
    return sum == 0 ? 0 : 2 * homogeneity * completeness / sum;
  }

  private static double entropy(Map<Integer, Integer> counts, int n) {
    if (counts.size() == 1) {
      return 0;
    }
    double sum = 0;
    for (int count : counts.values()) {
      double share = (double) count / n;
      sum -= share * Math.log(share);
    }
    return sum;
  }

  private static double mutualInformation(
      Map<Long, Integer> joint,
      Map<Integer, Integer> classes,
      Map<Integer, Integer> clusters,
      int n) {
    double sum = 0;
    for (Map.Entry<Long, Integer> cell : joint.entrySet()) {
      double count = cell.getValue();
      double inClass = classes.get((int) (cell.getKey() >> 32));
      double inCluster = clusters.get((int) (long) cell.getKey());
      sum += count / n * (Math.log(count / n) - Math.log(inClass / n) - Math.log(inCluster / n));
    }
    return Math.max(sum, 0);
  }
}
