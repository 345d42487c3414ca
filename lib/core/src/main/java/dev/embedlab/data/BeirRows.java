package dev.embedlab.data;

import java.util.LinkedHashMap;
import java.util.Map;

/** Documents, queries and judgements from rows with BEIR's field names. */
final class BeirRows {

  private BeirRows() {}

  static Document document(Row row, UniqueIds ids) {
    String text = row.text("text");
    return new Document(ids.of(row), row.textOrEmpty("title"), text);
  }

  static Query query(Row row, UniqueIds ids) {
    String text = row.text("text");
    return new Query(ids.of(row), text);
  }

  static void judgement(Row row, Map<String, Map<String, Integer>> grades) {
    String query = row.id(row.firstOf("query-id", "query_id", "qid"));
    String document = row.id(row.firstOf("corpus-id", "corpus_id", "docid"));
    int grade = row.integer("score");
    Map<String, Integer> ofQuery = grades.computeIfAbsent(query, q -> new LinkedHashMap<>());
    Integer earlier = ofQuery.put(document, grade);
    // A line that says the same again loses nothing; data sets of the hub have such lines.
    if (earlier != null && earlier != grade) {
      throw row.bad(
          row.firstOf("corpus-id", "corpus_id", "docid"),
          "judges document '%s' a second time for query '%s', as %d instead of %d; keep one line of each pair"
              .formatted(document, query, grade, earlier));
    }
  }
}
