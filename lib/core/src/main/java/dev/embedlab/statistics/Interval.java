package dev.embedlab.statistics;

import java.util.Locale;

/**
 * A measured value with the range its true value plausibly lies in.
 *
 * @param estimate the measured value
 * @param low lower end
 * @param high upper end
 * @param confidence of the range, for example 0.95
 */
public record Interval(double estimate, double low, double high, double confidence) {

  /** Half the length of the range; what "plus or minus" means where it is roughly symmetric. */
  public double halfWidth() {
    return (high - low) / 2;
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** For example {@code 0.412 [0.389, 0.436]}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", estimate, low, high);
  }
}
