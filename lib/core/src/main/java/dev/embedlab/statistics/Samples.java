package dev.embedlab.statistics;

/** Checks and moments of samples that the classes of this package share. */
final class Samples {

  private Samples() {}

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Sum of squared deviations from the mean. */
  static double squaredDeviations(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum;
  }

  static void requireSome(double[] values, int least) {
    if (values.length < least) {
      throw new IllegalArgumentException(
          "At least %d values are needed, but there are %d.".formatted(least, values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "Value %d is %s; all values must be finite.".formatted(i, values[i]));
      }
    }
  }

  static double[] differences(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "Paired tests need the same queries on both sides, but there are %d and %d."
              .formatted(a.length, b.length));
    }
    double[] differences = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      differences[i] = a[i] - b[i];
    }
    requireSome(differences, 1);
    return differences;
  }

  static double checkConfidence(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "The confidence must be between 0 and 1, but is %s.".formatted(confidence));
    }
    return confidence;
  }
}
