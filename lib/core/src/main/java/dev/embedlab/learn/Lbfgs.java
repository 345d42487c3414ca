package dev.embedlab.learn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Limited-memory BFGS without bounds: the steps of SciPy's {@code L-BFGS-B} on an unconstrained
 * problem, with the same memory of 10, start, line search and stopping rules, so that runs which
 * stop early stop at about the same point.
 *
 * <p>Source: Byrd, Lu, Nocedal and Zhu, "A limited memory algorithm for bound constrained
 * optimization", 1995.
 */
final class Lbfgs {

  private static final int MEMORY = 10;

  private final int maxIterations;
  private final double gradientTolerance;
  private final double functionTolerance;

  /** Correction pairs, newest first. */
  private final Deque<Pair> pairs = new ArrayDeque<>();

  private double theta = 1;
  private int iterations;

  /**
   * @param gradientTolerance stops when no component of the gradient is larger
   * @param functionTolerance stops when the value falls by less than this, relatively
   */
  Lbfgs(int maxIterations, double gradientTolerance, double functionTolerance) {
    this.maxIterations = maxIterations;
    this.gradientTolerance = gradientTolerance;
    this.functionTolerance = functionTolerance;
  }

  private record Pair(double[] s, double[] y, double rho) {}

  int iterations() {
    return iterations;
  }

  /** Moves {@code x} to the minimum found. */
  void minimize(Objective objective, double[] x) {
    double[] gradient = new double[x.length];
    double value = objective.evaluate(x, gradient);
    while (iterations < maxIterations && largest(gradient) > gradientTolerance) {
      double[] direction = direction(gradient);
      double[] oldGradient = gradient.clone();
      double oldValue = value;
      double first = iterations == 0 ? Math.min(1 / norm(direction), 1e10) : 1;
      LineSearch search = new LineSearch(objective, x.clone(), direction);
      double step = search.run(value, dot(gradient, direction), first, x, gradient);
      if (step == 0) {
        if (pairs.isEmpty()) {
          return;
        }
        // The memory misleads: forget it and start again from the steepest descent.
        pairs.clear();
        theta = 1;
        continue;
      }
      value = search.value();
      iterations++;
      double scale = Math.max(1, Math.max(Math.abs(oldValue), Math.abs(value)));
      if (oldValue - value <= functionTolerance * scale) {
        return;
      }
      remember(direction, step, oldGradient, gradient);
    }
  }

  private double[] direction(double[] gradient) {
    double[] q = gradient.clone();
    double[] alphas = new double[pairs.size()];
    int i = 0;
    for (Pair pair : pairs) {
      alphas[i] = pair.rho * dot(pair.s, q);
      add(q, pair.y, -alphas[i++]);
    }
    for (int j = 0; j < q.length; j++) {
      q[j] /= theta;
    }
    for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
      Pair pair = oldest.next();
      double beta = pair.rho * dot(pair.y, q);
      add(q, pair.s, alphas[--i] - beta);
    }
    for (int j = 0; j < q.length; j++) {
      q[j] = -q[j];
    }
    return q;
  }

  private void remember(double[] direction, double step, double[] before, double[] after) {
    double[] s = new double[direction.length];
    double[] y = new double[direction.length];
    for (int j = 0; j < s.length; j++) {
      s[j] = step * direction[j];
      y[j] = after[j] - before[j];
    }
    double sy = dot(s, y);
    if (sy <= Math.ulp(1.0) * -dot(before, s)) {
      return;
    }
    theta = dot(y, y) / sy;
    pairs.addFirst(new Pair(s, y, 1 / sy));
    if (pairs.size() > MEMORY) {
      pairs.removeLast();
    }
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static void add(double[] to, double[] what, double factor) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * what[i];
    }
  }
}
