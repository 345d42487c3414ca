package dev.embedlab.chart;

import java.util.Locale;

/**
 * A number with the interval it is known to lie in.
 *
 * @param value the best guess
 * @param low lower end; equal to value if the number is exact
 * @param high upper end
 */
public record Estimate(double value, double low, double high) {

  public Estimate {
    if (low > value || high < value) {
      throw new IllegalArgumentException(
          "The interval [%s, %s] does not hold its value %s.".formatted(low, high, value));
    }
  }

  public static Estimate exact(double value) {
    return new Estimate(value, value, value);
  }

  public boolean isExact() {
    return low == value && high == value;
  }

  /** The longer arm of the interval. */
  double reach() {
    return Math.max(value - low, high - value);
  }

  double middle() {
    return (low + high) / 2;
  }

  double halfWidth() {
    return (high - low) / 2;
  }

  @Override
  public String toString() {
    return isExact()
        ? format(value)
        : "%s [%s, %s]".formatted(format(value), format(low), format(high));
  }

  static String format(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e7) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (size >= 1e7 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    return String.format(Locale.ROOT, size >= 100 ? "%,.1f" : size >= 10 ? "%.2f" : "%.4f", value);
  }
}
