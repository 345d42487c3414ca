package dev.embedlab.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Relevance judgements: query id to document id to grade. Grade 0 means judged and not relevant;
 * negative grades occur in TREC files. Immutable.
 */
public final class Qrels {

  private final Map<String, Map<String, Integer>> grades;

  public Qrels(Map<String, ? extends Map<String, Integer>> grades) {
    Map<String, Map<String, Integer>> copy = LinkedHashMap.newLinkedHashMap(grades.size());
    grades.forEach(
        (query, docs) -> copy.put(query, Collections.unmodifiableMap(new LinkedHashMap<>(docs))));
    this.grades = Collections.unmodifiableMap(copy);
  }

  /** Ids of the queries that have at least one judgement, of whatever grade. */
  public Set<String> queryIds() {
    return grades.keySet();
  }

  /** Document id to grade for one query; empty if it was never judged. */
  public Map<String, Integer> of(String queryId) {
    return grades.getOrDefault(queryId, Map.of());
  }

  /** Number of (query, document) judgements. */
  public int size() {
    return grades.values().stream().mapToInt(Map::size).sum();
  }

  public Map<String, Map<String, Integer>> asMap() {
    return grades;
  }

  @Override
  public String toString() {
    return "Qrels[%d judgements of %d queries]".formatted(size(), grades.size());
  }
}
