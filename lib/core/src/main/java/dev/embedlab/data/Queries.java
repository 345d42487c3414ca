package dev.embedlab.data;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Queries in a fixed order; immutable. */
public final class Queries implements Iterable<Query> {

  private final Map<String, Query> byId;
  private final List<Query> queries;

  /**
   * @throws IllegalArgumentException if two queries share an id
   */
  public Queries(List<Query> queries) {
    this.queries = List.copyOf(queries);
    this.byId = LinkedHashMap.newLinkedHashMap(queries.size());
    for (Query query : this.queries) {
      if (byId.put(query.id(), query) != null) {
        throw new IllegalArgumentException(
            "Two queries share the id '%s'; ids must be unique.".formatted(query.id()));
      }
    }
  }

  public int size() {
    return queries.size();
  }

  public Query get(int position) {
    return queries.get(position);
  }

  public Optional<Query> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  public List<Query> all() {
    return queries;
  }

  public List<String> texts() {
    return queries.stream().map(Query::text).toList();
  }

  public Queries filter(Predicate<Query> keep) {
    return new Queries(queries.stream().filter(keep).toList());
  }

  @Override
  public Iterator<Query> iterator() {
    return queries.iterator();
  }

  @Override
  public String toString() {
    return "Queries[%d]".formatted(size());
  }
}
