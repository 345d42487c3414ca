package dev.embedlab.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
   * A search from questions and answers: each different first text is a query, each different
   * second one a document, and a query's answers have grade 1, all other documents none.
   *
   * @param split that the judgements belong to, for example {@code test}
   */
  public static RetrievalDataset ofPairs(String name, String split, List<TextPair> pairs) {
    Map<String, String> queryIds = new LinkedHashMap<>();
    Map<String, String> documentIds = new LinkedHashMap<>();
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    for (TextPair pair : pairs) {
      String query = queryIds.computeIfAbsent(pair.first(), t -> "q" + (queryIds.size() + 1));
      String answer =
          documentIds.computeIfAbsent(pair.second(), t -> "d" + (documentIds.size() + 1));
      grades.computeIfAbsent(query, id -> new LinkedHashMap<>()).put(answer, 1);
    }
    List<Query> queries = new ArrayList<>();
    queryIds.forEach((text, id) -> queries.add(new Query(id, text)));
    List<Document> documents = new ArrayList<>();
    documentIds.forEach((text, id) -> documents.add(new Document(id, "", text)));
    return new RetrievalDataset(
        name, new Corpus(documents), new Queries(queries), Map.of(split, new Qrels(grades)));
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
