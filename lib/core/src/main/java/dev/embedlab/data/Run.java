package dev.embedlab.data;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The result of one system over a set of queries: query id to {@link Ranking}. Immutable. */
public final class Run {

  private static final Ranking NOTHING = new Ranking(java.util.List.of(), new float[0]);

  private final String name;
  private final Map<String, Ranking> rankings;

  /**
   * @param name of the system, as tables show it
   */
  public Run(String name, Map<String, Ranking> rankings) {
    this.name = java.util.Objects.requireNonNull(name, "name");
    this.rankings = Collections.unmodifiableMap(new LinkedHashMap<>(rankings));
  }

  public String name() {
    return name;
  }

  /** The same rankings under another name. */
  public Run named(String other) {
    return new Run(other, rankings);
  }

  /** With an empty ranking for each of these queries that has none. */
  public Run covering(Collection<String> queryIds) {
    Map<String, Ranking> all = new LinkedHashMap<>();
    queryIds.forEach(query -> all.put(query, of(query)));
    rankings.forEach(all::putIfAbsent);
    return new Run(name, all);
  }

  public Set<String> queryIds() {
    return rankings.keySet();
  }

  /** The ranking of one query; an empty one if the system returned nothing for it. */
  public Ranking of(String queryId) {
    return rankings.getOrDefault(queryId, NOTHING);
  }

  public int size() {
    return rankings.size();
  }
}
