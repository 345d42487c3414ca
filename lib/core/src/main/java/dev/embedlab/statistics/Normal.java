package dev.embedlab.statistics;

/** The standard normal distribution. */
final class Normal {

  private static final double[] TAIL_NUMERATOR = {
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
    -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00
  };
  private static final double[] TAIL_DENOMINATOR = {
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1
  };
  private static final double[] CENTRE_NUMERATOR = {
    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
    1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00
  };
  private static final double[] CENTRE_DENOMINATOR = {
    -5.447609879822406e+01,
    1.615858368580409e+02,
    -1.556989798598866e+02,
    6.680131188771972e+01,
    -1.328068155288572e+01,
    1
  };

  private Normal() {}

  /** P(Z <= z), to about 1e-15, through the regularised incomplete gamma function. */
  static double cumulative(double z) {
    double tail = SpecialFunctions.upperGamma(0.5, z * z / 2) / 2;
    return z >= 0 ? 1 - tail : tail;
  }

  /** P(|Z| >= |z|). */
  static double twoSided(double z) {
    return SpecialFunctions.upperGamma(0.5, z * z / 2);
  }

  /**
   * The z with P(Z <= z) = p. Acklam's rational approximation, sharpened by one step of Halley's
   * method to about 1e-15.
   */
  static double quantile(double p) {
    if (p <= 0 || p >= 1) {
      return p <= 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    double z = approximate(p);
    double error = cumulative(z) - p;
    double step = error * Math.sqrt(2 * Math.PI) * Math.exp(z * z / 2);
    return z - step / (1 + z * step / 2);
  }

  private static double approximate(double p) {
    double tail = 0.02425;
    if (p < tail) {
      double q = Math.sqrt(-2 * Math.log(p));
      return horner(TAIL_NUMERATOR, q) / horner(TAIL_DENOMINATOR, q);
    }
    if (p > 1 - tail) {
      return -approximate(1 - p);
    }
    double q = p - 0.5;
    double r = q * q;
    return horner(CENTRE_NUMERATOR, r) * q / horner(CENTRE_DENOMINATOR, r);
  }

  private static double horner(double[] coefficients, double x) {
    double value = 0;
    for (double coefficient : coefficients) {
      value = value * x + coefficient;
    }
    return value;
  }
}
