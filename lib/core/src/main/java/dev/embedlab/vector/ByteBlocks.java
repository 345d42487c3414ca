package dev.embedlab.vector;

import dev.embedlab.encode.Similarity;
import java.lang.foreign.ValueLayout;

/**
 * Blocks of int8 codes {@code [dim][width]}, packed once and kept on the heap at a byte a number. A
 * few queries are compared with the codes as they are loaded; for many, decoding a block once is
 * cheaper. Both ways give the same bits.
 */
final class ByteBlocks extends BlockSource {

  /** From this many queries on, blocks are decoded. */
  private static final int DECODE_FROM = 4;

  private final int lanes;
  private final Affine affine;
  private final byte[][] blocks;
  private final Reach[] reaches;

  ByteBlocks(VectorMatrix codes, Affine affine, int lanes) {
    super(codes.size(), codes.dimension());
    this.lanes = lanes;
    this.affine = affine;
    this.blocks = new byte[blocks()][];
    this.reaches = new Reach[blocks.length];
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] = new byte[width(b) * dimension()];
      pack(codes, b);
    }
  }

  /**
   * Largest lengths in a block, which bound the error of comparing in whole numbers.
   *
   * @param codes of the codes
   * @param vectors of what they stand for
   * @param ratio of the first to the second
   */
  private record Reach(float codes, float vectors, float ratio) {

    Reach with(float code, float vector) {
      return new Reach(
          Math.max(codes, code), Math.max(vectors, vector), Math.max(ratio, code / vector));
    }
  }

  private void pack(VectorMatrix codes, int b) {
    int dim = dimension();
    reaches[b] = new Reach(0, 0, 0);
    float[] values = new float[dim];
    float[] read = new float[dim];
    for (int i = 0; i < sizeOf(b); i++) {
      int position = b * BLOCK + i;
      for (int d = 0; d < dim; d++) {
        byte code = codes.data().get(ValueLayout.JAVA_BYTE, (long) position * dim + d);
        blocks[b][d * width(b) + i] = code;
        read[d] = code;
        values[d] = affine.value(d, code);
      }
      divisors()[position] = Packing.divisor(values, 0, dim);
      reaches[b] = reaches[b].with(Packing.divisor(read, 0, dim), divisors()[position]);
    }
  }

  Affine affine() {
    return affine;
  }

  /** {@code [dim][width]} of a block. */
  byte[] codes(int number) {
    return blocks[number];
  }

  /** Vectors in a block, filled up to whole groups. */
  int width(int number) {
    return Math.ceilDiv(sizeOf(number), lanes) * lanes;
  }

  /** The most by which a score from whole numbers can be wrong in a block. */
  float margin(QuantizedQueries queries, int query, Similarity similarity, int number) {
    Reach reach = reaches[number];
    return similarity == Similarity.COSINE
        ? queries.margin(query, reach.ratio(), 1)
        : queries.margin(query, reach.codes(), reach.vectors());
  }

  /**
   * One dot product or cosine, to the bit as {@link #score(Kernel, Kernel.Metric, int, float[],
   * float[], float[])} finds it.
   */
  float score(Similarity similarity, float[] queries, int query, int position) {
    byte[] block = blocks[position / BLOCK];
    int width = width(position / BLOCK);
    int dim = dimension();
    float sum = 0;
    for (int i = 0; i < dim; i++) {
      float value = affine.value(i, block[i * width + position % BLOCK]);
      sum = Math.fma(queries[query * dim + i], value, sum);
    }
    return similarity == Similarity.COSINE ? sum / divisors()[position] : sum;
  }

  @Override
  long bytes() {
    return (long) size() * dimension();
  }

  @Override
  void score(
      Kernel kernel,
      Kernel.Metric metric,
      int number,
      float[] queries,
      float[] scratch,
      float[] scores) {
    int dim = dimension();
    int groups = Math.ceilDiv(sizeOf(number), kernel.lanes());
    if (metric == Kernel.Metric.DOT && queries.length < DECODE_FROM * dim) {
      kernel.dotCodes(blocks[number], affine, groups, dim, queries, scores);
    } else {
      kernel.decode(blocks[number], affine, groups, dim, scratch);
      kernel.score(metric, scratch, groups, dim, queries, scores);
    }
  }
}
