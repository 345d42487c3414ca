package dev.embedlab.learn;

/**
 * Mean log loss of a linear classifier with its L2 penalty and gradient. Weights are laid out
 * {@code [dim + 1][outputs]}, so that the inner loops run over neighbouring numbers.
 */
final class LogisticLoss implements Objective {

  private final float[][] vectors;
  private final int[] targets;
  private final int outputs;
  private final double penalty;

  LogisticLoss(float[][] vectors, int[] targets, int outputs, double penalty) {
    this.vectors = vectors;
    this.targets = targets;
    this.outputs = outputs;
    this.penalty = penalty;
  }

  @Override
  public double evaluate(double[] weights, double[] gradient) {
    int n = vectors.length;
    int features = vectors[0].length;
    java.util.Arrays.fill(gradient, 0);
    double[] logits = new double[outputs];
    double loss = 0;
    for (int i = 0; i < n; i++) {
      System.arraycopy(weights, features * outputs, logits, 0, outputs);
      addLogits(vectors[i], weights, logits);
      loss += outputs == 1 ? binary(logits, targets[i]) : multinomial(logits, targets[i]);
      addGradient(vectors[i], logits, gradient, n);
    }
    double squares = 0;
    for (int j = 0; j < features * outputs; j++) {
      squares += weights[j] * weights[j];
      gradient[j] += penalty * weights[j];
    }
    return loss / n + 0.5 * penalty * squares;
  }

  private void addLogits(float[] vector, double[] weights, double[] logits) {
    for (int j = 0; j < vector.length; j++) {
      double x = vector[j];
      int row = j * outputs;
      for (int k = 0; k < outputs; k++) {
        logits[k] += x * weights[row + k];
      }
    }
  }

  /** Returns the loss and turns the logit into its gradient. */
  private static double binary(double[] logit, int target) {
    double z = logit[0];
    double loss = Math.max(z, 0) - target * z + Math.log1p(Math.exp(-Math.abs(z)));
    logit[0] = 1 / (1 + Math.exp(-z)) - target;
    return loss;
  }

  private static double multinomial(double[] logits, int target) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double z : logits) {
      largest = Math.max(largest, z);
    }
    double sum = 0;
    double chosen = logits[target];
    for (int k = 0; k < logits.length; k++) {
      logits[k] = Math.exp(logits[k] - largest);
      sum += logits[k];
    }
    for (int k = 0; k < logits.length; k++) {
      logits[k] /= sum;
    }
    logits[target] -= 1;
    return largest + Math.log(sum) - chosen;
  }

  private void addGradient(float[] vector, double[] slopes, double[] gradient, int n) {
    for (int k = 0; k < outputs; k++) {
      slopes[k] /= n;
    }
    for (int j = 0; j < vector.length; j++) {
      double x = vector[j];
      int row = j * outputs;
      for (int k = 0; k < outputs; k++) {
        gradient[row + k] += x * slopes[k];
      }
    }
    int intercepts = vector.length * outputs;
    for (int k = 0; k < outputs; k++) {
      gradient[intercepts + k] += slopes[k];
    }
  }
}
