package dev.embedlab.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

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
    return of(List.of(confidence), values)[0];
  }

  /**
   * @param confidences of several kinds, {@code [queries]} each
   * @param values {@code [queries]} of a metric
   * @return one value a kind
   */
  public static double[] of(List<double[]> confidences, double[] values) {
    double[] oracle = curve(values, values);
    double best = area(oracle);
    double flat = oracle[0] * (RATES - 1) / RATES;
    return confidences.stream()
        .mapToDouble(
            confidence ->
                best == flat
                    ? Double.NaN
                    : (area(curve(confidence, values)) - flat) / (best - flat))
        .toArray();
  }

  /** Means of the values that are left when the least confident tenths are set aside. */
  private static double[] curve(double[] order, double[] values) {
    int n = values.length;
    Integer[] sorted = new Integer[n];
    Arrays.setAll(sorted, i -> i);
    Arrays.sort(sorted, Comparator.comparingDouble(i -> order[i]));
    double[] tails = new double[n + 1];
    for (int i = n - 1; i >= 0; i--) {
      tails[i] = tails[i + 1] + values[sorted[i]];
    }
    double[] curve = new double[RATES];
    for (int r = 0; r < RATES; r++) {
      // As NumPy's linspace makes the rates: 3 * 0.1 is above 0.3, which decides halves.
      int aside = (int) Math.min(Math.rint(r * 0.1 * n), n - 1);
      curve[r] = tails[aside] / (n - aside);
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
