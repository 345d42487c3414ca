package dev.embedlab.vector;

import dev.embedlab.encode.Similarity;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
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
    this.metric =
        switch (similarity) {
          case COSINE, DOT -> Kernel.Metric.DOT;
          case EUCLIDEAN -> Kernel.Metric.SQUARED_EUCLIDEAN;
          case MANHATTAN -> Kernel.Metric.MANHATTAN;
        };
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

  @Override
  public Hits search(float[][] queries, int k, IntPredicate filter) {
    Checks.vectors(queries, dimension(), "Query");
    TopK[] best = new TopK[queries.length];
    for (int from = 0; from < queries.length; from += QUERY_BATCH) {
      int to = Math.min(queries.length, from + QUERY_BATCH);
      TopK[] found = searchBatch(Arrays.copyOfRange(queries, from, to), k, filter);
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
      int groups = Math.ceilDiv(source.sizeOf(b), lanes);
      kernel.score(metric, source.block(b, scratch), groups, dim, queries, scores);
      for (int q = 0; q < count; q++) {
        collect(scores, q * groups * lanes, b, filter, best[q]);
      }
    }
    return best;
  }

  private void collect(float[] sums, int from, int block, IntPredicate filter, TopK best) {
    int first = block * BlockSource.BLOCK;
    for (int i = 0; i < source.sizeOf(block); i++) {
      float score = score(sums[from + i], first + i);
      if (score >= best.threshold() && filter.test(first + i)) {
        best.offer(score, first + i);
      }
    }
  }

  private float score(float sum, int position) {
    return switch (similarity) {
      case DOT -> sum;
      case COSINE -> source.norm(position) == 0 ? 0 : sum / source.norm(position);
      case EUCLIDEAN -> -(float) Math.sqrt(sum);
      case MANHATTAN -> -sum;
    };
  }

  /** {@code [queries][dim]} in one array; of unit length for cosine. */
  private float[] flatten(float[][] queries) {
    int dim = dimension();
    float[] flat = new float[queries.length * dim];
    for (int q = 0; q < queries.length; q++) {
      float norm = similarity == Similarity.COSINE ? Packing.norm(queries[q], 0, dim) : 1;
      for (int i = 0; i < dim; i++) {
        flat[q * dim + i] = norm == 0 ? 0 : queries[q][i] / norm;
      }
    }
    return flat;
  }

  private static TopK[] merge(TopK[] left, TopK[] right) {
    for (int q = 0; q < left.length; q++) {
      left[q].offerAll(right[q]);
    }
    return left;
  }
}
