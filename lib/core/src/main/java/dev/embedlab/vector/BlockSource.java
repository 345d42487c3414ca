package dev.embedlab.vector;

/** Vectors as the kernels want them: packed blocks, in order of position. */
interface BlockSource {

  /** Vectors in every block but the last. */
  int BLOCK = 256;

  int size();

  int dimension();

  /** Bytes held for the vectors. */
  long bytes();

  /** Euclidean lengths {@code [size]}, with 1 for zero vectors so that their cosine is 0. */
  float[] divisors();

  /**
   * Compares queries with one block; see {@link Kernel#score}.
   *
   * @param scratch {@link #BLOCK} vectors long
   */
  void score(
      Kernel kernel,
      Kernel.Metric metric,
      int number,
      float[] queries,
      float[] scratch,
      float[] scores);

  default int blocks() {
    return Math.ceilDiv(size(), BLOCK);
  }

  /** Vectors in block {@code number}. */
  default int sizeOf(int number) {
    return Math.min(BLOCK, size() - number * BLOCK);
  }
}
