package dev.embedlab.vector;

/** The kernel for a JVM without {@code --add-modules jdk.incubator.vector}. */
final class ScalarKernel implements Kernel {

  private static final int LANES = 16;

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void score(
      Metric metric, float[] block, int groups, int dim, float[] queries, float[] scores) {
    int count = queries.length / dim;
    float[] sums = new float[LANES];
    for (int q = 0; q < count; q++) {
      for (int g = 0; g < groups; g++) {
        java.util.Arrays.fill(sums, 0f);
        for (int i = 0; i < dim; i++) {
          add(metric, queries[q * dim + i], block, (g * dim + i) * LANES, sums);
        }
        System.arraycopy(sums, 0, scores, (q * groups + g) * LANES, LANES);
      }
    }
  }

  private static void add(Metric metric, float x, float[] block, int at, float[] sums) {
    switch (metric) {
      case DOT -> {
        for (int lane = 0; lane < LANES; lane++) {
          sums[lane] = Math.fma(x, block[at + lane], sums[lane]);
        }
      }
      case SQUARED_EUCLIDEAN -> {
        for (int lane = 0; lane < LANES; lane++) {
          float difference = x - block[at + lane];
          sums[lane] = Math.fma(difference, difference, sums[lane]);
        }
      }
      case MANHATTAN -> {
        for (int lane = 0; lane < LANES; lane++) {
          sums[lane] += Math.abs(x - block[at + lane]);
        }
      }
    }
  }
}
