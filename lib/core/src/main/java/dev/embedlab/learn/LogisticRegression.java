package dev.embedlab.learn;

import java.util.Arrays;

/**
 * Multinomial logistic regression with an L2 penalty on the weights, not on the intercepts:
 * minimises {@code mean log loss + |W|^2 / (2 C n)}.
 *
 * <p>As scikit-learn's {@code LogisticRegression} with solver {@code lbfgs}: two classes share one
 * weight vector, the gradient tolerance is 1e-4, the relative tolerance of the loss 64 ulp.
 */
public final class LogisticRegression {

  private final int[] classes;
  private final double[] weights;
  private final int features;
  private final int outputs;
  private final int iterations;

  private LogisticRegression(
      int[] classes, double[] weights, int features, int outputs, int iterations) {
    this.classes = classes;
    this.weights = weights;
    this.features = features;
    this.outputs = outputs;
    this.iterations = iterations;
  }

  /** Learns with C = 1 and at most 100 iterations, scikit-learn's defaults. */
  public static LogisticRegression fit(float[][] vectors, int[] labels) {
    return fit(vectors, labels, 1, 100);
  }

  /**
   * @param vectors {@code [texts][dim]}
   * @param labels {@code [texts]} of at least two kinds
   * @param c inverse strength of the penalty, above 0
   * @param maxIterations at least 1
   */
  public static LogisticRegression fit(
      float[][] vectors, int[] labels, double c, int maxIterations) {
    if (vectors.length != labels.length) {
      throw new IllegalArgumentException(
          "There are %d vectors for %d labels.".formatted(vectors.length, labels.length));
    }
    int[] classes = Arrays.stream(labels).distinct().sorted().toArray();
    if (classes.length < 2) {
      throw new IllegalArgumentException(
          "A classifier needs at least two labels, but there is %d.".formatted(classes.length));
    }
    int[] targets =
        Arrays.stream(labels).map(label -> Arrays.binarySearch(classes, label)).toArray();
    int features = vectors[0].length;
    int outputs = classes.length == 2 ? 1 : classes.length;
    double[] weights = new double[(features + 1) * outputs];
    Lbfgs solver = new Lbfgs(maxIterations, 1e-4, 64 * Math.ulp(1.0));
    LogisticLoss loss = new LogisticLoss(vectors, targets, outputs, 1 / (c * vectors.length));
    solver.minimize(loss, weights);
    return new LogisticRegression(classes, weights, features, outputs, solver.iterations());
  }

  /** The likeliest label of each vector {@code [texts][dim]}; ties go to the smaller label. */
  public int[] predict(float[][] vectors) {
    return Arrays.stream(vectors).parallel().mapToInt(this::predict).toArray();
  }

  private int predict(float[] vector) {
    double[] logits = Arrays.copyOfRange(weights, features * outputs, weights.length);
    for (int j = 0; j < features; j++) {
      double x = vector[j];
      for (int k = 0; k < outputs; k++) {
        logits[k] += x * weights[j * outputs + k];
      }
    }
    if (outputs == 1) {
      return classes[logits[0] > 0 ? 1 : 0];
    }
    int best = 0;
    for (int k = 1; k < outputs; k++) {
      best = logits[k] > logits[best] ? k : best;
    }
    return classes[best];
  }

  /** Iterations the solver took. */
  public int iterations() {
    return iterations;
  }

  /** Weights {@code [dim + 1][classes, or 1 of two]}, the intercepts last. */
  double[][] weights() {
    double[][] rows = new double[features + 1][];
    Arrays.setAll(rows, j -> Arrays.copyOfRange(weights, j * outputs, (j + 1) * outputs));
    return rows;
  }
}
