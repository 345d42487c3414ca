package dev.embedlab.vector;

import java.lang.foreign.ValueLayout;

/**
 * Blocks of int8 codes, packed once and kept on the heap at a byte a number. A few queries are
 * compared with the codes as they are loaded; for many, decoding a block once is cheaper. Both ways
 * give the same bits.
 */
final class ByteBlocks implements BlockSource {

  /** From this many queries on, blocks are decoded. */
  private static final int DECODE_FROM = 4;

  private final int size;
  private final int dim;
  private final Affine affine;
  private final byte[][] blocks;
  private final float[] divisors;

  ByteBlocks(VectorMatrix codes, Affine affine, int lanes) {
    this.size = codes.size();
    this.dim = codes.dimension();
    this.affine = affine;
    this.blocks = new byte[blocks()][];
    this.divisors = new float[size];
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] = new byte[Math.ceilDiv(sizeOf(b), lanes) * lanes * dim];
      pack(codes, b, lanes);
    }
  }

  private void pack(VectorMatrix codes, int b, int lanes) {
    float[] values = new float[dim];
    for (int i = 0; i < sizeOf(b); i++) {
      long row = (long) (b * BLOCK + i) * dim;
      int at = (i / lanes) * dim * lanes + i % lanes;
      for (int d = 0; d < dim; d++) {
        byte code = codes.data().get(ValueLayout.JAVA_BYTE, row + d);
        blocks[b][at + d * lanes] = code;
        values[d] = affine.value(d, code);
      }
      divisors[b * BLOCK + i] = Packing.divisor(values, 0, dim);
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
    return (long) size * dim;
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
    if (metric == Kernel.Metric.DOT && queries.length < DECODE_FROM * dim) {
      kernel.dotCodes(blocks[number], affine, groups, dim, queries, scores);
    } else {
      kernel.decode(blocks[number], affine, groups, dim, scratch);
      kernel.score(metric, scratch, groups, dim, queries, scores);
    }
  }
}
