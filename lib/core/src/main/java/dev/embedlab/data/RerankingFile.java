package dev.embedlab.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reranking data whose rows hold a {@code query}, its {@code positive} and its {@code negative}
 * documents, as MTEB's older data sets do. Ids are made as MTEB makes them, since they decide ties;
 * rows without a positive or without a negative document are passed over, as there.
 */
public final class RerankingFile {

  private RerankingFile() {}

  /**
   * What was read.
   *
   * @param data all documents, queries and judgements
   * @param candidates query id to the ids of its documents, positive ones first
   */
  public record Read(RetrievalDataset data, Map<String, List<String>> candidates) {

    public Read {
      candidates = Map.copyOf(candidates);
    }
  }

  /**
   * @param name of the data set
   * @param split of the data set; part of the ids
   * @param files of rows, parts of one table
   * @throws BadRowException naming file, line and field
   */
  public static Read read(String name, String split, List<Path> files, BadRows badRows) {
    Collected collected = new Collected(split);
    for (Path file : files) {
      try (RowReader rows = TableFile.open(file)) {
        badRows.read(rows, collected::add);
      }
    }
    Qrels qrels = new Qrels(collected.grades);
    RetrievalDataset data =
        new RetrievalDataset(
            name,
            new Corpus(collected.documents),
            new Queries(collected.queries),
            Map.of(split, qrels));
    return new Read(data, collected.candidates);
  }

  /** Rows turned into documents, queries and judgements. */
  private static final class Collected {

    private final String split;
    private final List<Document> documents = new ArrayList<>();
    private final List<Query> queries = new ArrayList<>();
    private final Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    private final Map<String, List<String>> candidates = new LinkedHashMap<>();

    Collected(String split) {
      this.split = split;
    }

    void add(Row row) {
      String text = row.text("query");
      List<String> positive = row.texts("positive");
      List<String> negative = row.texts("negative");
      if (positive.isEmpty() || negative.isEmpty()) {
        return;
      }
      String id = split + "_query" + queries.size();
      queries.add(new Query(id, text));
      grades.put(id, new LinkedHashMap<>());
      candidates.put(id, new ArrayList<>());
      addDocuments(id, "apositive", positive, 1);
      addDocuments(id, "negative", negative, 0);
    }

    private void addDocuments(String query, String prefix, List<String> texts, int grade) {
      for (int i = 0; i < texts.size(); i++) {
        String id = "%s_%s_%05d".formatted(prefix, query, i);
        documents.add(new Document(id, "", texts.get(i)));
        grades.get(query).put(id, grade);
        candidates.get(query).add(id);
      }
    }
  }
}
