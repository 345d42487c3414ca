package dev.embedlab.statistics;

/**
 * How large a paired difference is in units of its own spread: mean difference over the standard
 * deviation of the differences (Cohen's d for paired samples).
 *
 * <p>Source: Cohen, "Statistical power analysis for the behavioral sciences", 1988.
 *
 * @param value of d; 0 without any difference, infinite if all queries differ by the same amount
 */
public record EffectSize(double value) {

  /** Of two systems on the same queries, {@code [queries]} each. */
  public static EffectSize of(double[] a, double[] b) {
    double[] differences = Samples.differences(a, b);
    double mean = Samples.mean(differences);
    if (mean == 0 || differences.length < 2) {
      return new EffectSize(0);
    }
    double deviation = Math.sqrt(Samples.squaredDeviations(differences) / (differences.length - 1));
    return new EffectSize(mean / deviation);
  }

  /** Cohen's words: negligible below 0.2, small below 0.5, medium below 0.8, else large. */
  public String inWords() {
    double size = Math.abs(value);
    if (size < 0.2) {
      return "negligible";
    }
    return size < 0.5 ? "small" : size < 0.8 ? "medium" : "large";
  }
}
