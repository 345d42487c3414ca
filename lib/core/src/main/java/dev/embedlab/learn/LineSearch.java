package dev.embedlab.learn;

/**
 * Line search for a step that satisfies the strong Wolfe conditions: sufficient decrease 1e-3,
 * curvature 0.9, interval tolerance 0.1, at most 50 evaluations, as {@code L-BFGS-B} asks for.
 *
 * <p>Source: Moré and Thuente, "Line search algorithms with guaranteed sufficient decrease", ACM
 * TOMS 1994.
 */
final class LineSearch {

  private static final double DECREASE = 1e-3;
  private static final double CURVATURE = 0.9;
  private static final double INTERVAL = 0.1;
  private static final double LARGEST = 1e10;
  private static final int MOST_EVALUATIONS = 50;

  private final Objective objective;
  private final double[] start;
  private final double[] direction;

  private double value;
  private double width = LARGEST;
  private double previousWidth = 2 * LARGEST;
  private double low;
  private double high;

  LineSearch(Objective objective, double[] start, double[] direction) {
    this.objective = objective;
    this.start = start;
    this.direction = direction;
  }

  /** Value at the step that {@link #run} returned. */
  double value() {
    return value;
  }

  /**
   * @param startValue value at the start
   * @param startSlope slope there, along the direction
   * @param step first step tried
   * @param x is moved to the end of the step
   * @param gradient is filled with the gradient there
   * @return the step, or 0 if none was found; then x and gradient are as at the start
   */
  double run(double startValue, double startSlope, double step, double[] x, double[] gradient) {
    double[] startGradient = gradient.clone();
    if (startSlope >= 0) {
      return 0;
    }
    double test = DECREASE * startSlope;
    TrialInterval interval = new TrialInterval(startValue, startSlope);
    boolean firstStage = true;
    low = 0;
    high = step + 4 * step;
    for (int tried = 0; tried < MOST_EVALUATIONS; tried++) {
      double slope = evaluate(step, x, gradient);
      double bound = startValue + step * test;
      firstStage = firstStage && !(value <= bound && slope >= 0);
      boolean wolfe = value <= bound && Math.abs(slope) <= CURVATURE * -startSlope;
      if (wolfe || stuck(interval, step, slope, bound, test)) {
        return step;
      }
      boolean modified = firstStage && value <= interval.bestValue() && value > bound;
      step = interval.next(step, value, slope, modified ? test : 0, low, high);
      step = narrow(interval, step);
    }
    System.arraycopy(start, 0, x, 0, x.length);
    System.arraycopy(startGradient, 0, gradient, 0, gradient.length);
    return 0;
  }

  private double evaluate(double step, double[] x, double[] gradient) {
    for (int i = 0; i < x.length; i++) {
      x[i] = start[i] + step * direction[i];
    }
    value = objective.evaluate(x, gradient);
    return Lbfgs.dot(gradient, direction);
  }

  /** Rounding or the ends of the range leave nothing to gain. */
  private boolean stuck(
      TrialInterval interval, double step, double slope, double bound, double test) {
    boolean noRoom =
        interval.bracketed() && (step <= low || step >= high || high - low <= INTERVAL * high);
    boolean atLargest = step == LARGEST && value <= bound && slope <= test;
    boolean atSmallest = step == 0 && (value > bound || slope >= test);
    return noRoom || atLargest || atSmallest;
  }

  private double narrow(TrialInterval interval, double proposed) {
    double step = proposed;
    if (interval.bracketed()) {
      if (interval.width() >= 0.66 * previousWidth) {
        step = interval.middle();
      }
      previousWidth = width;
      width = interval.width();
      low = interval.least();
      high = interval.most();
    } else {
      low = step + 1.1 * (step - interval.best());
      high = step + 4 * (step - interval.best());
    }
    step = Math.clamp(step, 0, LARGEST);
    boolean noRoom =
        interval.bracketed() && (step <= low || step >= high || high - low <= INTERVAL * high);
    return noRoom ? interval.best() : step;
  }
}
