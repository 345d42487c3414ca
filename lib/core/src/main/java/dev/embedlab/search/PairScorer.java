package dev.embedlab.search;

import java.util.List;

/** Looks at a query and a document together, as cross-encoders do. Safe for several threads. */
public interface PairScorer {

  /** As tables show it. */
  String name();

  /**
   * @param documents their contents
   * @return {@code [documents]}, higher is more relevant
   */
  float[] score(String query, List<String> documents);
}
