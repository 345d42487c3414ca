package dev.embedlab.statistics;

/**
 * Paired t-test: the mean difference over its standard error, against Student's t with n - 1
 * degrees of freedom. Assumes differences that are about normal; with 50 queries and more it agrees
 * with the {@link RandomizationTest}.
 *
 * <p>Source: Student, "The probable error of a mean", Biometrika 1908; as {@code
 * scipy.stats.ttest_rel}.
 */
public record PairedTTest() implements PairedTest {

  @Override
  public String name() {
    return "paired t";
  }

  @Override
  public double pValue(double[] a, double[] b) {
    double[] differences = Samples.differences(a, b);
    int n = differences.length;
    if (n < 2) {
      return 1;
    }
    double variance = Samples.squaredDeviations(differences) / (n - 1);
    double mean = Samples.mean(differences);
    if (variance == 0) {
      return mean == 0 ? 1 : 0;
    }
    double t = mean / Math.sqrt(variance / n);
    int freedom = n - 1;
    return SpecialFunctions.beta(freedom / (freedom + t * t), freedom / 2.0, 0.5);
  }
}
