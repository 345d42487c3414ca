package dev.embedlab.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Normalised area under the abstention curve (nAUC): how well a confidence tells which queries will
 * be answered badly. The mean of a metric is followed while the least confident 0, 10, ... 90 % of
 * the queries are set aside; 0 is no better than chance, 1 sets aside the worst queries first.
 *
 * <p>Source: Gisserot-Boukhlef et al., "Towards trustworthy reranking: a simple yet effective
 * abstention mechanism", TMLR 2024; as MTEB.
 */
public final class AbstentionAuc {

  private static final int RATES = 10;

  private AbstentionAuc() {}

  /**
   * @param confidence {@code [queries]}
   * @param values {@code [queries]} of a metric
   * @return at most 1; NaN if the metric is the same for all queries
   */
  public static double of(double[] confidence, double[] values) {
    double[] curve = curve(confidence, values);
    double[] oracle = curve(values, values);
    double best = area(oracle);
    double flat = oracle[0] * (RATES - 1) / RATES;
    return best == flat ? Double.NaN : (area(curve) - flat) / (best - flat);
  }

  private static double[] curve(double[] order, double[] values) {
    int n = values.length;
    int[] sorted =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> order[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] curve = new double[RATES];
    for (int r = 0; r < RATES; r++) {
      int aside = (int) Math.min(Math.rint(r / (double) RATES * n), n - 1);
      curve[r] = Arrays.stream(sorted, aside, n).mapToDouble(i -> values[i]).average().orElse(0);
    }
    return curve;
  }

  private static double area(double[] curve) {
    double area = 0;
    for (int r = 1; r < RATES; r++) {
      area += (curve[r - 1] + curve[r]) / 2 / RATES;
    }
    return area;
  }
}
