package dev.embedlab.statistics;

/**
 * Incomplete gamma and beta functions by series and continued fractions (Lentz), relative error
 * about 1e-14 for the arguments that tests need.
 *
 * <p>Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 6.1, 6.5 and 26.5.
 */
final class SpecialFunctions {

  private static final double TINY = 1e-300;
  private static final double[] STIRLING = {
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156
  };

  private SpecialFunctions() {}

  /** Natural logarithm of the gamma function, x > 0. */
  static double logGamma(double x) {
    double shift = 0;
    double y = x;
    while (y < 15) {
      shift += Math.log(y);
      y++;
    }
    double sum = (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI);
    double power = y;
    for (double coefficient : STIRLING) {
      sum += coefficient / power;
      power *= y * y;
    }
    return sum - shift;
  }

  /** Regularised upper incomplete gamma function Q(a, x). */
  static double upperGamma(double a, double x) {
    if (x <= 0) {
      return 1;
    }
    double scale = Math.exp(a * Math.log(x) - x - logGamma(a));
    return x < a + 1 ? 1 - scale * gammaSeries(a, x) : scale * gammaFraction(a, x);
  }

  private static double gammaSeries(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int i = 1; Math.abs(term) > Math.abs(sum) * 1e-17; i++) {
      term *= x / (a + i);
      sum += term;
    }
    return sum;
  }

  private static double gammaFraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double value = d;
    for (int i = 1; i < 10_000; i++) {
      double numerator = -i * (i - a);
      b += 2;
      d = 1 / guard(numerator * d + b);
      c = guard(b + numerator / c);
      double factor = c * d;
      value *= factor;
      if (Math.abs(factor - 1) < 1e-16) {
        break;
      }
    }
    return value;
  }

  /** Regularised incomplete beta function I_x(a, b). */
  static double beta(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    double logScale =
        logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
    double scale = Math.exp(logScale);
    return x < (a + 1) / (a + b + 2)
        ? scale * betaFraction(x, a, b) / a
        : 1 - scale * betaFraction(1 - x, b, a) / b;
  }

  private static double betaFraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / guard(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int m = 1; m < 10_000; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / guard(1 + even * d);
      c = guard(1 + even / c);
      value *= c * d;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / guard(1 + odd * d);
      c = guard(1 + odd / c);
      value *= c * d;
      if (Math.abs(c * d - 1) < 1e-16) {
        break;
      }
    }
    return value;
  }

  private static double guard(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }
}
