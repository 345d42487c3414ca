package dev.embedlab.vector;

import dev.embedlab.encode.Similarity;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Compares every query with every vector: the yardstick for all other indexes and, up to some
 * hundred thousand vectors, usually all that is needed. Uses all cores. A zero vector has cosine 0
 * with everything.
 */
public final class ExactIndex implements VectorIndex {

  /** Queries searched together; bounds the memory for collectors. */
  private static final int QUERY_BATCH = 1024;

  private final BlockSource source;
  private final Similarity similarity;
  private final Kernel kernel;
  private final Kernel.Metric metric;

  ExactIndex(BlockSource source, Similarity similarity, Kernel kernel) {
    this.source = source;
    this.similarity = similarity;
    this.kernel = kernel;
    this.metric = Kernel.Metric.of(similarity);
  }

  /**
   * Copies vectors into the layout that is fastest to search.
   *
   * @param vectors {@code [size][dim]}
   * @throws IllegalArgumentException if there are none, they differ in length or hold NaN or Inf
   */
  public static ExactIndex of(float[][] vectors, Similarity similarity) {
    Kernel kernel = Kernel.best();
    return new ExactIndex(new PackedBlocks(vectors, kernel.lanes()), similarity, kernel);
  }

  /**
   * Searches vectors where they lie, for example in a mapped file: nothing but their lengths is
   * kept in memory. {@link ElementType#BIT} counts as +1 and -1.
   *
   * @throws IllegalArgumentException if there are none or they hold NaN or Inf
   */
  public static ExactIndex over(VectorMatrix vectors, Similarity similarity) {
    return new ExactIndex(new RowBlocks(vectors), similarity, Kernel.best());
  }

  @Override
  public String name() {
    return "flat";
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

  Kernel kernel() {
    return kernel;
  }

  @Override
  public Hits search(float[][] queries, int k, IntPredicate filter) {
    return inBatches(queries, QUERY_BATCH, batch -> searchBatch(batch, k, filter));
  }

  /** Searches any number of queries, {@code most} at once. */
  Hits inBatches(float[][] queries, int most, Function<float[][], TopK[]> search) {
    Checks.vectors(queries, dimension(), "Query");
    TopK[] best = new TopK[queries.length];
    for (int from = 0; from < queries.length; from += most) {
      int to = Math.min(queries.length, from + most);
      TopK[] found = search.apply(Arrays.copyOfRange(queries, from, to));
      System.arraycopy(found, 0, best, from, found.length);
    }
    return Hits.of(best);
  }

  private TopK[] searchBatch(float[][] queries, int k, IntPredicate filter) {
    float[] flat = flatten(queries);
    int workers = Math.min(Runtime.getRuntime().availableProcessors(), source.blocks());
    AtomicInteger next = new AtomicInteger();
    return IntStream.range(0, workers)
        .parallel()
        .mapToObj(worker -> work(flat, queries.length, k, filter, next))
        .reduce(ExactIndex::merge)
        .orElseThrow();
  }

  /** One worker's share: takes blocks until none is left. */
  private TopK[] work(float[] queries, int count, int k, IntPredicate filter, AtomicInteger next) {
    int dim = dimension();
    int lanes = kernel.lanes();
    int width = Math.ceilDiv(BlockSource.BLOCK, lanes) * lanes;
    float[] scratch = new float[width * dim];
    float[] scores = new float[count * width];
    TopK[] best = new TopK[count];
    Arrays.setAll(best, q -> new TopK(Math.min(k, size())));
    for (int b = next.getAndIncrement(); b < source.blocks(); b = next.getAndIncrement()) {
      source.score(kernel, metric, b, queries, scratch, scores);
      int row = Math.ceilDiv(source.sizeOf(b), lanes) * lanes;
      for (int q = 0; q < count; q++) {
        Similarities.finish(
            similarity,
            scores,
            q * row,
            source.sizeOf(b),
            source.divisors(),
            b * BlockSource.BLOCK);
        collect(scores, q * row, b, filter, best[q]);
      }
    }
    return best;
  }

  private void collect(float[] scores, int from, int block, IntPredicate filter, TopK best) {
    int first = block * BlockSource.BLOCK - from;
    int to = from + source.sizeOf(block);
    int i = kernel.next(scores, from, to, best.threshold());
    while (i < to) {
      if (filter.test(first + i)) {
        best.offer(scores[i], first + i);
      }
      i = kernel.next(scores, i + 1, to, best.threshold());
    }
  }

  /** {@code [queries][dim]} in one array; of unit length for cosine. */
  float[] flatten(float[][] queries) {
    int dim = dimension();
    float[] flat = new float[queries.length * dim];
    for (int q = 0; q < queries.length; q++) {
      float divisor = similarity == Similarity.COSINE ? Packing.divisor(queries[q], 0, dim) : 1;
      for (int i = 0; i < dim; i++) {
        flat[q * dim + i] = queries[q][i] / divisor;
      }
    }
    return flat;
  }

  static TopK[] merge(TopK[] left, TopK[] right) {
    for (int q = 0; q < left.length; q++) {
      left[q].offerAll(right[q]);
    }
    return left;
  }
}
