package dev.embedlab.vector;

import dev.embedlab.encode.Similarity;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Exact search among vectors of one bit a dimension. Queries are cut to their signs as well; the
 * score is the cosine of the two sign vectors, 1 - 2 * Hamming distance / dim.
 */
public final class HammingIndex implements VectorIndex {

  private static final int BLOCK = 512; // 24 kB for 384 dimensions stay in the first cache

  private final int size;
  private final int dim;
  private final int words;
  private final long[][] blocks; // [blocks][words][BLOCK]

  private HammingIndex(VectorMatrix bits) {
    this.size = bits.size();
    this.dim = bits.dimension();
    this.words = Math.ceilDiv(dim, Long.SIZE);
    this.blocks = new long[Math.ceilDiv(size, BLOCK)][words * BLOCK];
    float[] signs = new float[dim];
    for (int row = 0; row < size; row++) {
      bits.read(row, 1, signs);
      long[] packed = pack(signs);
      for (int w = 0; w < words; w++) {
        blocks[row / BLOCK][w * BLOCK + row % BLOCK] = packed[w];
      }
    }
  }

  /**
   * @param bits of type {@link ElementType#BIT}
   */
  public static HammingIndex of(VectorMatrix bits) {
    if (bits.type() != ElementType.BIT || bits.size() == 0) {
      throw new IllegalArgumentException(
          "At least one vector of bits is needed, not " + bits + ".");
    }
    return new HammingIndex(bits);
  }

  @Override
  public String name() {
    return "flat binary";
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
  public Similarity similarity() {
    return Similarity.COSINE;
  }

  @Override
  public long bytes() {
    return (long) size * ElementType.BIT.bytesPerVector(dim);
  }

  @Override
  public Hits search(float[][] queries, int k, IntPredicate filter) {
    Checks.vectors(queries, dim, "Query");
    long[][] packed = Arrays.stream(queries).map(this::pack).toArray(long[][]::new);
    TopK[][] best = new TopK[Runtime.getRuntime().availableProcessors()][queries.length];
    for (TopK[] row : best) {
      Arrays.setAll(row, q -> new TopK(Math.min(k, size)));
    }
    AtomicInteger next = new AtomicInteger();
    IntStream.range(0, best.length).parallel().forEach(w -> work(packed, filter, next, best[w]));
    for (int w = 1; w < best.length; w++) {
      for (int q = 0; q < queries.length; q++) {
        best[0][q].offerAll(best[w][q]);
      }
    }
    return Hits.of(best[0]);
  }

  private void work(long[][] queries, IntPredicate filter, AtomicInteger next, TopK[] best) {
    long[] excess = new long[BitKernel.STRETCH];
    for (int b = next.getAndIncrement(); b < blocks.length; b = next.getAndIncrement()) {
      for (int q = 0; q < queries.length; q++) {
        collect(b, queries[q], filter, best[q], excess);
      }
    }
  }

  private void collect(int number, long[] query, IntPredicate filter, TopK best, long[] excess) {
    int first = number * BLOCK;
    long limit = limit(best);
    int i = BitKernel.near(blocks[number], BLOCK, 0, query, limit, excess);
    while (i < BLOCK) {
      for (int j = 0; j < excess.length; j++) {
        int position = first + i + j;
        if (excess[j] < 0 && position < size && filter.test(position)) {
          best.offer(score(excess[j] + limit), position);
        }
      }
      limit = limit(best);
      i = BitKernel.near(blocks[number], BLOCK, i + excess.length, query, limit, excess);
    }
  }

  private float score(long distance) {
    return 1 - 2f * distance / dim;
  }

  /**
   * What a distance must be below to enter. A vector as far as the worst one held cannot: a worker
   * meets positions in ascending order, and the lower one wins.
   */
  private long limit(TopK best) {
    float threshold = best.threshold();
    return threshold == Float.NEGATIVE_INFINITY ? dim + 1 : Math.round((1 - threshold) * dim / 2);
  }

  private long[] pack(float[] vector) {
    long[] packed = new long[words];
    for (int i = 0; i < dim; i++) {
      if (vector[i] > 0) {
        packed[i >> 6] |= 1L << i;
      }
    }
    return packed;
  }
}
