package dev.embedlab.vector;

/** Blocks packed once and kept on the heap: the fastest to search. */
final class PackedBlocks implements BlockSource {

  private final int size;
  private final int dim;
  private final float[][] blocks;
  private final float[] norms;

  /**
   * @param vectors {@code [size][dim]}, copied
   */
  PackedBlocks(float[][] vectors, int lanes) {
    this.size = vectors.length;
    this.dim = Checks.vectors(vectors, "Vector");
    this.blocks = new float[blocks()][];
    this.norms = new float[size];
    for (int b = 0; b < blocks.length; b++) {
      int length = sizeOf(b);
      blocks[b] = new float[Math.ceilDiv(length, lanes) * lanes * dim];
      for (int i = 0; i < length; i++) {
        float[] vector = vectors[b * BLOCK + i];
        Packing.put(vector, 0, dim, blocks[b], i, lanes);
        norms[b * BLOCK + i] = Packing.norm(vector, 0, dim);
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
  public float[] block(int number, float[] scratch) {
    return blocks[number];
  }

  @Override
  public long bytes() {
    return (long) size * dim * Float.BYTES;
  }

  @Override
  public float norm(int position) {
    return norms[position];
  }
}
