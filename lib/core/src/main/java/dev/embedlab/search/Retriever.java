package dev.embedlab.search;

import dev.embedlab.data.Queries;
import dev.embedlab.data.Run;

/** Anything that answers queries over a corpus it already holds. */
public interface Retriever extends AutoCloseable {

  /** As tables show it, for example {@code BM25}. */
  String name();

  /**
   * Answers every query.
   *
   * @param k most documents returned for a query, at least 1
   */
  Run retrieve(Queries queries, int k);

  @Override
  default void close() {}
}
