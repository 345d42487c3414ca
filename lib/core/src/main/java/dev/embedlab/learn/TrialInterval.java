package dev.embedlab.learn;

/**
 * The interval that a line search narrows down: its best end so far, its other end, and the next
 * trial step by cubic or quadratic interpolation, safeguarded (the four cases of Moré and Thuente).
 */
final class TrialInterval {

  private double best;
  private double bestValue;
  private double bestSlope;
  private double other;
  private double otherValue;
  private double otherSlope;
  private boolean bracketed;

  TrialInterval(double startValue, double startSlope) {
    this.bestValue = startValue;
    this.otherValue = startValue;
    this.bestSlope = startSlope;
    this.otherSlope = startSlope;
  }

  double best() {
    return best;
  }

  double bestValue() {
    return bestValue;
  }

  boolean bracketed() {
    return bracketed;
  }

  double width() {
    return Math.abs(other - best);
  }

  double middle() {
    return best + 0.5 * (other - best);
  }

  double least() {
    return Math.min(best, other);
  }

  double most() {
    return Math.max(best, other);
  }

  /**
   * Takes in a trial and returns the next one.
   *
   * @param tilt is taken off all slopes first: the auxiliary function of the first stage
   */
  double next(double step, double value, double slope, double tilt, double low, double high) {
    tilt(-tilt);
    double next = update(step, value - step * tilt, slope - tilt, low, high);
    tilt(tilt);
    return next;
  }

  private void tilt(double by) {
    bestValue += best * by;
    otherValue += other * by;
    bestSlope += by;
    otherSlope += by;
  }

  private double update(double step, double value, double slope, double low, double high) {
    double next;
    boolean opposite = slope * Math.signum(bestSlope) < 0;
    if (value > bestValue) {
      next = higher(step, value, slope);
      bracketed = true;
    } else if (opposite) {
      next = crossing(step, value, slope);
      bracketed = true;
    } else if (Math.abs(slope) < Math.abs(bestSlope)) {
      next = flatter(step, value, slope, low, high);
    } else {
      next = steeper(step, value, slope, low, high);
    }
    if (value > bestValue) {
      setOther(step, value, slope);
    } else {
      if (opposite) {
        setOther(best, bestValue, bestSlope);
      }
      best = step;
      bestValue = value;
      bestSlope = slope;
    }
    return next;
  }

  private void setOther(double at, double value, double slope) {
    other = at;
    otherValue = value;
    otherSlope = slope;
  }

  /** The value rose: a minimum lies between, by the cubic or half way to the quadratic. */
  private double higher(double step, double value, double slope) {
    double theta = 3 * (bestValue - value) / (step - best) + bestSlope + slope;
    double s = Math.max(Math.abs(theta), Math.max(Math.abs(bestSlope), Math.abs(slope)));
    double gamma = s * Math.sqrt(square(theta / s) - bestSlope / s * (slope / s));
    gamma = step < best ? -gamma : gamma;
    double r = (gamma - bestSlope + theta) / (gamma - bestSlope + gamma + slope);
    double cubic = best + r * (step - best);
    double quadratic =
        best + bestSlope / ((bestValue - value) / (step - best) + bestSlope) / 2 * (step - best);
    return Math.abs(cubic - best) < Math.abs(quadratic - best)
        ? cubic
        : cubic + (quadratic - cubic) / 2;
  }

  /** The slope changed sign: a minimum lies between, by the cubic or the secant. */
  private double crossing(double step, double value, double slope) {
    double theta = 3 * (bestValue - value) / (step - best) + bestSlope + slope;
    double s = Math.max(Math.abs(theta), Math.max(Math.abs(bestSlope), Math.abs(slope)));
    double gamma = s * Math.sqrt(square(theta / s) - bestSlope / s * (slope / s));
    gamma = step > best ? -gamma : gamma;
    double r = (gamma - slope + theta) / (gamma - slope + gamma + bestSlope);
    double cubic = step + r * (best - step);
    double secant = step + slope / (slope - bestSlope) * (best - step);
    return Math.abs(cubic - step) > Math.abs(secant - step) ? cubic : secant;
  }

  /** The slope has the same sign and grew flatter: further on, with care. */
  private double flatter(double step, double value, double slope, double low, double high) {
    double theta = 3 * (bestValue - value) / (step - best) + bestSlope + slope;
    double s = Math.max(Math.abs(theta), Math.max(Math.abs(bestSlope), Math.abs(slope)));
    double root = Math.max(0, square(theta / s) - bestSlope / s * (slope / s));
    double gamma = s * Math.sqrt(root);
    gamma = step > best ? -gamma : gamma;
    double r = (gamma - slope + theta) / (gamma + (bestSlope - slope) + gamma);
    double cubic;
    if (r < 0 && gamma != 0) {
      cubic = step + r * (best - step);
    } else {
      cubic = step > best ? high : low;
    }
    double secant = step + slope / (slope - bestSlope) * (best - step);
    boolean cubicNearer = Math.abs(cubic - step) < Math.abs(secant - step);
    if (bracketed) {
      double chosen = cubicNearer ? cubic : secant;
      double limit = step + 0.66 * (other - step);
      return step > best ? Math.min(limit, chosen) : Math.max(limit, chosen);
    }
    return Math.clamp(cubicNearer ? secant : cubic, low, high);
  }

  /** The slope has the same sign and did not grow flatter: to the other end or the limit. */
  private double steeper(double step, double value, double slope, double low, double high) {
    if (!bracketed) {
      return step > best ? high : low;
    }
    double theta = 3 * (value - otherValue) / (other - step) + otherSlope + slope;
    double s = Math.max(Math.abs(theta), Math.max(Math.abs(otherSlope), Math.abs(slope)));
    double gamma = s * Math.sqrt(square(theta / s) - otherSlope / s * (slope / s));
    gamma = step > other ? -gamma : gamma;
    double r = (gamma - slope + theta) / (gamma - slope + gamma + otherSlope);
    return step + r * (other - step);
  }

  private static double square(double value) {
    return value * value;
  }
}
