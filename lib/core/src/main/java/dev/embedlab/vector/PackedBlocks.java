package dev.embedlab.vector;

/** Blocks of floats packed once and kept on the heap: the fastest to search. */
final class PackedBlocks implements BlockSource {

  private final int size;
  private final int dim;
  private final float[][] blocks;
  private final float[] divisors;

  /**
   * @param vectors {@code [size][dim]}, copied
   */
  PackedBlocks(float[][] vectors, int lanes) {
    this.size = vectors.length;
    this.dim = Checks.vectors(vectors, "Vector");
    this.blocks = new float[blocks()][];
    this.divisors = new float[size];
    for (int b = 0; b < blocks.length; b++) {
      int length = sizeOf(b);
      blocks[b] = new float[Math.ceilDiv(length, lanes) * lanes * dim];
      for (int i = 0; i < length; i++) {
        float[] vector = vectors[b * BLOCK + i];
        Packing.put(vector, 0, dim, blocks[b], i, lanes);
        divisors[b * BLOCK + i] = Packing.divisor(vector, 0, dim);
      }
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int dimension() {
    return dim;
  }

  @Override
  public long bytes() {
    return (long) size * dim * Float.BYTES;
  }

  @Override
  public float[] divisors() {
    return divisors;
  }

  @Override
  public void score(
      Kernel kernel,
      Kernel.Metric metric,
      int number,
      float[] queries,
      float[] scratch,
      float[] scores) {
    int groups = Math.ceilDiv(sizeOf(number), kernel.lanes());
    kernel.score(metric, blocks[number], groups, dim, queries, scores);
  }
}
