package dev.embedlab.metrics;

/**
 * Pearson's correlation: covariance divided by both standard deviations.
 *
 * <p>Variant: as {@code scipy.stats.pearsonr}. Source: Pearson, "Notes on regression and
 * inheritance in the case of two parents", 1895.
 */
public record Pearson() implements Correlation {

  @Override
  public String name() {
    return "pearson";
  }

  @Override
  public double score(double[] x, double[] y) {
    Correlation.check(x, y);
    double meanX = mean(x);
    double meanY = mean(y);
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      double dx = x[i] - meanX;
      double dy = y[i] - meanY;
      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
    }
    if (xx == 0 || yy == 0) {
      return Double.NaN;
    }
    // Square roots first: the product of the sums may overflow or vanish.
    return Math.clamp(xy / Math.sqrt(xx) / Math.sqrt(yy), -1, 1);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
