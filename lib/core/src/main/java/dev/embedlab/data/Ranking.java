package dev.embedlab.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/**
 * The documents found for one query, best first. Held as two parallel arrays because runs of
 * thousands of queries times a thousand documents are normal.
 */
public final class Ranking {

  private final String[] documentIds;
  private final float[] scores;

  /**
   * @param documentIds {@code [hits]}, in the order of the search that made them
   * @param scores {@code [hits]}, higher is better
   */
  public Ranking(List<String> documentIds, float[] scores) {
    if (requireNonNull(documentIds).size() != scores.length) {
      throw new IllegalArgumentException(
          "%d document ids but %d scores.".formatted(documentIds.size(), scores.length));
    }
    this.documentIds = documentIds.toArray(String[]::new);
    this.scores = scores.clone();
  }

  public int size() {
    return scores.length;
  }

  public String documentId(int rank) {
    return documentIds[rank];
  }

  public float score(int rank) {
    return scores[rank];
  }

  public List<String> documentIds() {
    return List.of(documentIds);
  }

  /** At most the first {@code k} hits. */
  public Ranking head(int k) {
    int n = Math.min(k, size());
    return new Ranking(Arrays.asList(documentIds).subList(0, n), Arrays.copyOf(scores, n));
  }
}
