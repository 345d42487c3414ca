package dev.embedlab.vector;

/** Blocks of floats packed once and kept on the heap: the fastest to search. */
final class PackedBlocks extends BlockSource {

  private final float[][] blocks;

  /**
   * @param vectors {@code [size][dim]}, copied
   */
  PackedBlocks(float[][] vectors, int lanes) {
    super(vectors.length, Checks.vectors(vectors, "Vector"));
    int dim = dimension();
    this.blocks = new float[blocks()][];
    for (int b = 0; b < blocks.length; b++) {
      int length = sizeOf(b);
      blocks[b] = new float[Math.ceilDiv(length, lanes) * lanes * dim];
      for (int i = 0; i < length; i++) {
        float[] vector = vectors[b * BLOCK + i];
        Packing.put(vector, 0, dim, blocks[b], i, lanes);
        divisors()[b * BLOCK + i] = Packing.divisor(vector, 0, dim);
      }
    }
  }

  @Override
  long bytes() {
    return (long) size() * dimension() * Float.BYTES;
  }

  @Override
  void score(
      Kernel kernel,
      Kernel.Metric metric,
      int number,
      float[] queries,
      float[] scratch,
      float[] scores) {
    int groups = Math.ceilDiv(sizeOf(number), kernel.lanes());
    kernel.score(metric, blocks[number], groups, dimension(), queries, scores);
  }
}
