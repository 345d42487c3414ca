package dev.embedlab.statistics;

/** Asks whether two systems measured on the same queries differ by more than chance. */
public interface PairedTest {

  /** As tables show it. */
  String name();

  /**
   * The two-sided p-value of the null hypothesis that the systems do not differ.
   *
   * @param a {@code [queries]} values of one system
   * @param b {@code [queries]} values of the other, in the same order of queries
   * @return between 0 and 1
   */
  double pValue(double[] a, double[] b);
}
