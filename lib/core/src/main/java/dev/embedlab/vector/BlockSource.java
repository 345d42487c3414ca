package dev.embedlab.vector;

/** Vectors as the kernels want them: packed blocks, in order of position. */
interface BlockSource {

  /** Vectors in every block but the last. */
  int BLOCK = 256;

  int size();

  int dimension();

  /**
   * One packed block, {@code [groups][dim][lanes]}, zeros in unused lanes.
   *
   * @param scratch may be filled and returned; long enough for any block
   */
  float[] block(int number, float[] scratch);

  /** Bytes held for the vectors. */
  long bytes();

  /** Euclidean length of a vector. */
  float norm(int position);

  default int blocks() {
    return Math.ceilDiv(size(), BLOCK);
  }

  /** Vectors in block {@code number}. */
  default int sizeOf(int number) {
    return Math.min(BLOCK, size() - number * BLOCK);
  }
}
