package dev.embedlab.data;

import static java.util.Objects.requireNonNull;

/**
 * One search need.
 *
 * @param id unique among the queries, never empty
 * @param text what a user typed
 */
public record Query(String id, String text) {

  public Query {
    requireNonNull(text, "text");
    if (requireNonNull(id, "id").isEmpty()) {
      throw new IllegalArgumentException("A query has an empty id; give every query one.");
    }
  }
}
