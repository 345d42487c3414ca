package dev.embedlab.vector;

import dev.embedlab.encode.Similarity;
import java.util.function.IntPredicate;

/**
 * Finds the vectors most alike a query. Implementations are safe for use by several threads, return
 * scores in descending order, equal scores in ascending order of position, and no more than {@link
 * #size()} hits.
 */
public interface VectorIndex extends AutoCloseable {

  /** The filter that lets everything through; indexes know it and lose no time on it. */
  IntPredicate ALL = position -> true;

  /** As tables show it, for example {@code flat} or {@code IVF64,PQ32 nprobe=8}. */
  String name();

  /** Number of vectors that can be found. */
  int size();

  /** Length of the vectors and queries. */
  int dimension();

  /** What the scores are. */
  Similarity similarity();

  /** Bytes of memory or disk that the index takes, its own structures included. */
  long bytes();

  /**
   * Finds the k best vectors among those whose position passes the filter.
   *
   * @param queries {@code [queries][dim]}
   * @param k most hits for a query, at least 1
   * @param filter called with positions, possibly from several threads
   * @throws IllegalArgumentException if a query has another dimension or a value that is not finite
   */
  Hits search(float[][] queries, int k, IntPredicate filter);

  /** Finds the k best of all vectors. */
  default Hits search(float[][] queries, int k) {
    return search(queries, k, ALL);
  }

  /** Releases files and native memory. Indexes that hold none do nothing. */
  @Override
  default void close() {}
}
