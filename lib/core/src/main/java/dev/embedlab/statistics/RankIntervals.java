package dev.embedlab.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Ranks of several systems with the range they vary in when the queries are drawn again: every
 * bootstrap resample ranks the systems on the same drawn queries, and the range holds the given
 * share of the resamples.
 *
 * <p>Source: Hall and Miller, "Using the bootstrap to quantify the authority of an empirical
 * ranking", Annals of Statistics 2009.
 *
 * @param best {@code [systems]} lower ends, ranks from 1
 * @param worst {@code [systems]} upper ends
 */
public record RankIntervals(int[] best, int[] worst) {

  /**
   * @param values {@code [systems][queries]}, higher is better
   * @param bootstrap resamples, seed and confidence
   */
  public static RankIntervals of(double[][] values, Bootstrap bootstrap) {
    int systems = values.length;
    int queries = values[0].length;
    SplittableRandom random = new SplittableRandom(bootstrap.seed());
    int[][] ranks = new int[systems][bootstrap.resamples()];
    int[] drawn = new int[queries];
    double[] sums = new double[systems];
    for (int r = 0; r < bootstrap.resamples(); r++) {
      for (int i = 0; i < queries; i++) {
        drawn[i] = random.nextInt(queries);
      }
      for (int s = 0; s < systems; s++) {
        sums[s] = sum(values[s], drawn);
      }
      for (int s = 0; s < systems; s++) {
        ranks[s][r] = rank(sums, s);
      }
    }
    return range(ranks, bootstrap);
  }

  private static double sum(double[] values, int[] drawn) {
    double sum = 0;
    for (int i : drawn) {
      sum += values[i];
    }
    return sum;
  }

  private static int rank(double[] sums, int system) {
    int rank = 1;
    for (double other : sums) {
      rank += other > sums[system] ? 1 : 0;
    }
    return rank;
  }

  private static RankIntervals range(int[][] ranks, Bootstrap bootstrap) {
    double tail = (1 - bootstrap.confidence()) / 2;
    int low = (int) Math.floor(tail * (bootstrap.resamples() - 1));
    int high = (int) Math.ceil((1 - tail) * (bootstrap.resamples() - 1));
    int[] best = new int[ranks.length];
    int[] worst = new int[ranks.length];
    for (int s = 0; s < ranks.length; s++) {
      Arrays.sort(ranks[s]);
      best[s] = ranks[s][low];
      worst[s] = ranks[s][high];
    }
    return new RankIntervals(best, worst);
  }
}
