package dev.embedlab.data;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A corpus with queries and, for each split, the judgements that say which documents answer them.
 *
 * @param name as tables show it
 * @param corpus all documents
 * @param queries of all splits
 * @param splits split name (train, dev, test) to qrels
 */
public record RetrievalDataset(
    String name, Corpus corpus, Queries queries, Map<String, Qrels> splits) {

  public RetrievalDataset {
    splits = Collections.unmodifiableMap(new TreeMap<>(splits));
  }

  /**
   * @throws IllegalArgumentException if the data set has no such split
   */
  public Qrels qrels(String split) {
    Qrels found = splits.get(split);
    if (found == null) {
      throw new IllegalArgumentException(
          "Data set '%s' has no split '%s'; it has %s.".formatted(name, split, splits.keySet()));
    }
    return found;
  }

  /** The queries that a split judges, in their usual order. */
  public Queries queries(String split) {
    Set<String> judged = qrels(split).queryIds();
    return queries.filter(query -> judged.contains(query.id()));
  }

  /**
   * sha256 of the contents, 64 hexadecimal digits: the same for the same documents, queries and
   * judgements in the same order, whatever files they came from.
   */
  public String fingerprint() {
    Fingerprint print = new Fingerprint();
    for (Document document : corpus) {
      print.add(document.id(), document.title(), document.text());
    }
    print.add("queries");
    for (Query query : queries) {
      print.add(query.id(), query.text());
    }
    splits.forEach(
        (split, qrels) -> {
          print.add("split", split);
          qrels
              .asMap()
              .forEach(
                  (query, grades) ->
                      grades.forEach((doc, grade) -> print.add(query, doc, grade.toString())));
        });
    return print.hex();
  }

  /** What is in it and what may be wrong with it, as a table. */
  @Override
  public String toString() {
    return DatasetSummary.of(this).toString();
  }
}
