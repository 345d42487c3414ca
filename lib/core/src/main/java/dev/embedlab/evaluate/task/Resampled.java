package dev.embedlab.evaluate.task;

import dev.embedlab.statistics.Bootstrap;
import dev.embedlab.statistics.Interval;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** Bootstrap intervals of scores that are no mean of per-item values: 1,000 resamples, seed 42. */
final class Resampled {

  private static final Bootstrap BOOTSTRAP =
      new Bootstrap(1000, 0.95, 42, Bootstrap.Method.PERCENTILE);

  private Resampled() {}

  static Interval of(int items, ToDoubleFunction<int[]> statistic) {
    return BOOTSTRAP.statistic(items, statistic);
  }

  static Interval mean(double[] values) {
    return Bootstrap.standard().mean(values);
  }

  static double[] pick(double[] values, int[] drawn) {
    return Arrays.stream(drawn).mapToDouble(i -> values[i]).toArray();
  }

  static boolean[] pick(boolean[] values, int[] drawn) {
    boolean[] picked = new boolean[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      picked[i] = values[drawn[i]];
    }
    return picked;
  }

  static int[] pick(int[] values, int[] drawn) {
    return Arrays.stream(drawn).map(i -> values[i]).toArray();
  }
}
