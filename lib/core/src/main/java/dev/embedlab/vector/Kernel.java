package dev.embedlab.vector;

/**
 * Compares queries with a block of packed vectors. A block holds groups of {@link #lanes()} vectors
 * laid side by side, {@code [group][dim][lane]}, so that one load brings the same dimension of all
 * vectors of a group. Every implementation adds up dimensions in ascending order, one fused
 * multiply-add each: a score depends neither on the lane width nor on the queries and vectors
 * beside it.
 */
interface Kernel {

  /** Vectors in a group. */
  int lanes();

  /**
   * Fills {@code scores} {@code [queries][groups * lanes]}.
   *
   * @param block {@code [groups][dim][lanes]}
   * @param queries {@code [queries][dim]}, flat
   */
  void score(Metric metric, float[] block, int groups, int dim, float[] queries, float[] scores);

  /** What a kernel adds up; the index turns the sum into a score. */
  enum Metric {
    DOT,
    SQUARED_EUCLIDEAN,
    MANHATTAN
  }

  /** The fastest kernel this JVM can run. */
  static Kernel best() {
    return Holder.BEST;
  }

  /** Chosen once. */
  final class Holder {
    private static final Kernel BEST = choose();

    private Holder() {}

    private static Kernel choose() {
      boolean wanted = !"scalar".equals(System.getProperty("embedlab.vector"));
      boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
      return wanted && there ? new VectorApiKernel() : new ScalarKernel();
    }
  }
}
