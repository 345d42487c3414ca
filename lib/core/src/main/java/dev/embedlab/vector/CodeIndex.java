package dev.embedlab.vector;

import dev.embedlab.encode.Similarity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Exact search among int8 codes with float queries. Where there are {@link ByteProducts}, many
 * queries at once are first compared in whole numbers; only vectors that the error of that leaves
 * in doubt are compared as floats, so hits and scores are the same to the bit either way.
 */
public final class CodeIndex implements VectorIndex {

  /** Queries from which on it pays to compare in whole numbers first. */
  private static final int MANY = 8;

  private static final int QUERY_BATCH = 512;

  /** Blocks multiplied in one call. */
  private static final int STRIDE = 8;

  private final ByteBlocks source;
  private final Similarity similarity;
  private final Optional<ByteProducts> products;
  private final ExactIndex direct;

  CodeIndex(ByteBlocks source, Similarity similarity, Optional<ByteProducts> products) {
    this.source = source;
    this.similarity = similarity;
    this.products = products;
    this.direct = new ExactIndex(source, similarity, Kernel.best());
  }

  /**
   * Copies codes into the layout that is fastest to search.
   *
   * @param codes of type {@link ElementType#INT8}
   * @param affine what the codes stand for
   */
  public static CodeIndex of(VectorMatrix codes, Affine affine, Similarity similarity) {
    if (codes.type() != ElementType.INT8 || codes.dimension() != affine.dimension()) {
      throw new IllegalArgumentException(
          "Codes must be INT8 with %d dimensions, but are %s."
              .formatted(affine.dimension(), codes));
    }
    ByteBlocks source = new ByteBlocks(codes, affine, Kernel.best().lanes());
    return new CodeIndex(source, similarity, ByteProducts.find());
  }

  @Override
  public String name() {
    return direct.name();
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public int dimension() {
    return source.dimension();
  }

  @Override
  public Similarity similarity() {
    return similarity;
  }

  @Override
  public long bytes() {
    return source.bytes();
  }

  @Override
  public Hits search(float[][] queries, int k, IntPredicate filter) {
    boolean products = similarity == Similarity.DOT || similarity == Similarity.COSINE;
    if (!products || this.products.isEmpty() || queries.length < MANY) {
      return direct.search(queries, k, filter);
    }
    return direct.inBatches(queries, QUERY_BATCH, batch -> screen(batch, k, filter));
  }

  private TopK[] screen(float[][] queries, int k, IntPredicate filter) {
    float[] flat = direct.flatten(queries);
    QuantizedQueries quantized = new QuantizedQueries(flat, source.affine());
    int strides = Math.ceilDiv(source.blocks(), STRIDE);
    int workers = Math.min(Runtime.getRuntime().availableProcessors(), strides);
    AtomicInteger next = new AtomicInteger();
    return IntStream.range(0, workers)
        .parallel()
        .mapToObj(
            worker -> {
              Candidates[] candidates = candidates(flat, quantized.count(), k);
              new Worker(quantized, filter, candidates).work(next, strides);
              return Arrays.stream(candidates).map(Candidates::settled).toArray(TopK[]::new);
            })
        .reduce(ExactIndex::merge)
        .orElseThrow();
  }

  private Candidates[] candidates(float[] queries, int count, int k) {
    Candidates[] candidates = new Candidates[count];
    int most = Math.min(k, size());
    Arrays.setAll(
        candidates, q -> new Candidates(most, p -> source.score(similarity, queries, q, p)));
    return candidates;
  }

  /** One worker's share: takes strides of blocks until none is left. */
  private final class Worker {

    private final QuantizedQueries queries;
    private final IntPredicate filter;
    private final Candidates[] candidates;
    private final ByteBuffer codes =
        ByteBuffer.allocateDirect(STRIDE * BlockSource.BLOCK * dimension());
    private final IntBuffer sums;
    private final int[] row = new int[BlockSource.BLOCK];
    private final float[] scores = new float[BlockSource.BLOCK];

    Worker(QuantizedQueries queries, IntPredicate filter, Candidates[] candidates) {
      this.queries = queries;
      this.filter = filter;
      this.candidates = candidates;
      this.sums =
          ByteBuffer.allocateDirect(STRIDE * BlockSource.BLOCK * queries.count() * Integer.BYTES)
              .order(ByteOrder.nativeOrder())
              .asIntBuffer();
    }

    void work(AtomicInteger next, int strides) {
      for (int s = next.getAndIncrement(); s < strides; s = next.getAndIncrement()) {
        int first = s * STRIDE;
        int whole = Math.min(STRIDE, source.size() / BlockSource.BLOCK - first);
        if (whole > 0) {
          compare(first, whole);
        }
        int last = first + Math.max(whole, 0);
        if (last < source.blocks() && last < first + STRIDE) {
          compare(last, 1); // the last block may be narrower
        }
      }
    }

    /** Blocks of one width. */
    private void compare(int first, int blocks) {
      int width = source.width(first);
      codes.clear();
      for (int b = first; b < first + blocks; b++) {
        codes.put(source.codes(b));
      }
      products
          .orElseThrow()
          .multiply(
              queries.codes(), queries.count(), codes.flip(), blocks, dimension(), width, sums);
      for (int b = 0; b < blocks; b++) {
        for (int q = 0; q < queries.count(); q++) {
          sums.get((b * queries.count() + q) * width, row, 0, width);
          collect(first + b, q);
        }
      }
    }

    private void collect(int block, int q) {
      int length = source.sizeOf(block);
      int first = block * BlockSource.BLOCK;
      queries.dots(q, row, length, scores);
      Similarities.finish(similarity, scores, 0, length, source.divisors(), first);
      float margin = source.margin(queries, q, similarity, block);
      Candidates found = candidates[q];
      int i = direct.kernel().next(scores, 0, length, found.threshold() - margin);
      while (i < length) {
        if (filter.test(first + i)) {
          found.offer(scores[i], margin, first + i);
        }
        i = direct.kernel().next(scores, i + 1, length, found.threshold() - margin);
      }
    }
  }
}
