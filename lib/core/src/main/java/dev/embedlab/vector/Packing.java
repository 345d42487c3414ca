package dev.embedlab.vector;

/** The layout of packed blocks. */
final class Packing {

  private Packing() {}

  /** Writes the vector at {@code from} into lane {@code index % lanes} of its group. */
  static void put(float[] vectors, int from, int dim, float[] block, int index, int lanes) {
    int at = (index / lanes) * dim * lanes + index % lanes;
    for (int i = 0; i < dim; i++) {
      block[at + i * lanes] = vectors[from + i];
    }
  }

  /** Euclidean length, summed in double; 1 for a zero vector, whose cosine is then 0. */
  static float divisor(float[] vectors, int from, int dim) {
    double sum = 0;
    for (int i = from; i < from + dim; i++) {
      sum += (double) vectors[i] * vectors[i];
    }
    return sum == 0 ? 1 : (float) Math.sqrt(sum);
  }
}
