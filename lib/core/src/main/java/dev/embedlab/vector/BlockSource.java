package dev.embedlab.vector;

/** Vectors as the kernels want them: packed blocks, in order of position. */
abstract class BlockSource {

  /** Vectors in every block but the last. */
  static final int BLOCK = 256;

  private final int size;
  private final int dim;
  private final float[] divisors;

  BlockSource(int size, int dim) {
    this.size = size;
    this.dim = dim;
    this.divisors = new float[size];
  }

  /**
   * Compares queries with one block; see {@link Kernel#score}.
   *
   * @param scratch {@link #BLOCK} vectors long
   */
  abstract void score(
      Kernel kernel,
      Kernel.Metric metric,
      int number,
      float[] queries,
      float[] scratch,
      float[] scores);

  /** Bytes held for the vectors. */
  abstract long bytes();

  final int size() {
    return size;
  }

  final int dimension() {
    return dim;
  }

  /**
   * Euclidean lengths {@code [size]}, with 1 for zero vectors so that their cosine is 0; filled by
   * the constructors of the subclasses.
   */
  final float[] divisors() {
    return divisors;
  }

  final int blocks() {
    return Math.ceilDiv(size, BLOCK);
  }

  /** Vectors in block {@code number}. */
  final int sizeOf(int number) {
    return Math.min(BLOCK, size - number * BLOCK);
  }
}
