package dev.embedlab.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;

/**
 * What more data would bring: the score after training on an eighth, a quarter, a half and all of
 * the examples, and a straight line through score against the logarithm of their number.
 *
 * @param points smallest first
 */
public record LearningCurve(List<Point> points) {

  private static final double[] SHARES = {1.0 / 8, 1.0 / 4, 1.0 / 2, 1};

  /** A score and the number of examples it took. */
  public record Point(int examples, double score) {}

  public LearningCurve {
    points = List.copyOf(points);
    if (points.size() < 2) {
      throw new IllegalArgumentException("A learning curve needs two points or more.");
    }
  }

  /**
   * Trains four times, on growing parts of the same shuffled list.
   *
   * @param examples at least one
   * @param score trains on the examples from the same initial weights and returns a score on data
   *     that is not among them
   */
  public static LearningCurve measure(
      List<TrainingExample> examples, long seed, Function<List<TrainingExample>, Double> score) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("A learning curve needs examples to train on; give some.");
    }
    List<TrainingExample> shuffled = new ArrayList<>(examples);
    Collections.shuffle(shuffled, new Random(seed));
    List<Point> points = new ArrayList<>();
    for (double share : SHARES) {
      int size = Math.max(1, (int) Math.round(share * shuffled.size()));
      points.add(new Point(size, score.apply(shuffled.subList(0, size))));
    }
    return new LearningCurve(points);
  }

  /** Score gained each time the number of examples doubles: least squares on log2. */
  public double gainPerDoubling() {
    double meanX = points.stream().mapToDouble(LearningCurve::log2).average().orElseThrow();
    double meanY = points.stream().mapToDouble(Point::score).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    for (Point point : points) {
      double x = log2(point) - meanX;
      covariance += x * (point.score() - meanY);
      variance += x * x;
    }
    return variance == 0 ? 0 : covariance / variance;
  }

  /**
   * What the line promises for another number of examples; a guess, more so far from the points.
   */
  public double extrapolate(int examples) {
    Point last = points.getLast();
    return last.score() + gainPerDoubling() * (log2(examples) - log2(last));
  }

  private static double log2(Point point) {
    return log2(point.examples());
  }

  private static double log2(int n) {
    return Math.log(n) / Math.log(2);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Point point : points) {
      text.append(
          String.format(Locale.ROOT, "%,7d examples  %.4f%n", point.examples(), point.score()));
    }
    int twice = 2 * points.getLast().examples();
    return text.append(
            String.format(
                Locale.ROOT, "%,7d examples  %.4f (by the line)", twice, extrapolate(twice)))
        .toString();
  }
}
