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
    long[] distances = new long[BLOCK];
    for (int b = next.getAndIncrement(); b < blocks.length; b = next.getAndIncrement()) {
      int length = Math.min(BLOCK, size - b * BLOCK);
      for (int q = 0; q < queries.length; q++) {
        BitKernel.distances(blocks[b], BLOCK, queries[q], distances);
        collect(distances, length, b * BLOCK, filter, best[q]);
      }
    }
  }

  private void collect(long[] distances, int length, int first, IntPredicate filter, TopK best) {
    int i = BitKernel.next(distances, 0, length, farthest(best));
    while (i < length) {
      if (filter.test(first + i)) {
        best.offer(score(distances[i]), first + i);
      }
      i = BitKernel.next(distances, i + 1, length, farthest(best));
    }
  }

  private float score(long distance) {
    return 1 - 2f * distance / dim;
  }

  /** The largest distance that could still enter. */
  private long farthest(TopK best) {
    float threshold = best.threshold();
    return threshold == Float.NEGATIVE_INFINITY ? dim : Math.round((1 - threshold) * dim / 2);
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
