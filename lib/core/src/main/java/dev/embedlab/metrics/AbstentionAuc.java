package dev.embedlab.metrics;

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
    return of(List.of(order(confidence)), values)[0];
  }

  /** Positions of the queries, least confident first; made once for many metrics. */
  public static int[] order(double[] confidence) {
    return SortedOrder.ascending(confidence);
  }

  /**
   * @param orders of confidences of several kinds, {@code [queries]} each, by {@link #order}
   * @param values {@code [queries]} of a metric
   * @return one value a kind
   */
  public static double[] of(List<int[]> orders, double[] values) {
    double[] oracle = curve(order(values), values);
    double best = area(oracle);
    double flat = oracle[0] * rate(RATES - 1);
    return orders.stream()
        .mapToDouble(
            order ->
                best == flat ? Double.NaN : (area(curve(order, values)) - flat) / (best - flat))
        .toArray();
  }

  /** Means of the values that are left when the least confident tenths are set aside. */
  private static double[] curve(int[] order, double[] values) {
    int n = values.length;
    double[] tails = new double[n + 1];
    for (int i = n - 1; i >= 0; i--) {
      tails[i] = tails[i + 1] + values[order[i]];
    }
    double[] curve = new double[RATES];
    for (int r = 0; r < RATES; r++) {
      int aside = (int) Math.min(Math.rint(rate(r) * n), n - 1);
      curve[r] = tails[aside] / (n - aside);
    }
    return curve;
  }

  /** As NumPy's linspace makes the rates: 3 * 0.1 is above 0.3, which decides halves. */
  private static double rate(int r) {
    return r * 0.1;
  }

  /** Trapezoids added in NumPy's order, so that a flat curve is found equal to a flat line. */
  private static double area(double[] curve) {
    double[] t = new double[RATES - 1];
    for (int r = 0; r < t.length; r++) {
      t[r] = (rate(r + 1) - rate(r)) * (curve[r] + curve[r + 1]) / 2;
    }
    return (t[0] + t[1] + (t[2] + t[3])) + (t[4] + t[5] + (t[6] + t[7])) + t[8];
  }
}
