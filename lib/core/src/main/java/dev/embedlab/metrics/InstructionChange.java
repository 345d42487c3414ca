package dev.embedlab.metrics;

import dev.embedlab.data.Run;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pairwise mean reciprocal rank (p-MRR): whether documents that a changed instruction makes
 * irrelevant fall in the ranking. A document that was at rank o and is at rank n counts {@code 1 -
 * o / n} if it fell and {@code n / o - 1} if it rose; documents are averaged by query, then
 * queries.
 *
 * <p>Between -1, all rose to the top, and 1; 0 if nothing moves. A document that is not found
 * stands behind the last one. Ties are broken as everywhere here (see {@link TrecOrder}). Source:
 * Weller et al., "FollowIR", 2024, section 3.
 */
public final class InstructionChange {

  /** Ending of the id of a query with its first instruction. */
  public static final String OLD = "-og";

  /** Ending of the id of a query with the changed instruction. */
  public static final String NEW = "-changed";

  private InstructionChange() {}

  /** The value of one document. */
  public static double of(int oldRank, int newRank) {
    return oldRank >= newRank ? (double) newRank / oldRank - 1 : 1 - (double) oldRank / newRank;
  }

  /**
   * @param changed query id without its ending to documents
   * @return the values of the queries that the run has with both endings
   */
  public static Map<String, Double> ofQueries(Run run, Map<String, List<String>> changed) {
    Map<String, Double> values = new LinkedHashMap<>();
    changed.forEach(
        (query, documents) -> {
          boolean searched =
              run.queryIds().contains(query + OLD) && run.queryIds().contains(query + NEW);
          if (searched && !documents.isEmpty()) {
            values.put(query, ofQuery(run, query, documents));
          }
        });
    return values;
  }

  private static double ofQuery(Run run, String query, List<String> documents) {
    List<String> before = Arrays.asList(TrecOrder.ids(run.of(query + OLD)));
    List<String> after = Arrays.asList(TrecOrder.ids(run.of(query + NEW)));
    return documents.stream()
        .mapToDouble(document -> of(rank(before, document), rank(after, document)))
        .average()
        .orElseThrow();
  }

  private static int rank(List<String> ids, String document) {
    int at = ids.indexOf(document);
    return at < 0 ? ids.size() + 1 : at + 1;
  }
}
