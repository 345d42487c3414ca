package dev.embedlab.frontier;

import dev.embedlab.data.Qrels;
import dev.embedlab.data.Ranking;
import dev.embedlab.encode.Similarity;
import dev.embedlab.metrics.JudgedRanking;
import dev.embedlab.metrics.RankingMetric;
import dev.embedlab.vector.Checks;
import dev.embedlab.vector.Hits;
import java.util.Arrays;
import java.util.List;

/**
 * What is searched for in what.
 *
 * @param documents {@code [n][dim]} vectors, all from one model
 * @param documentIds of the vectors
 * @param queries {@code [n][dim]} vectors of the same model
 * @param queryIds of the vectors
 * @param qrels judge the queries
 * @param similarity the model is meant for
 */
public record Workload(
    float[][] documents,
    List<String> documentIds,
    float[][] queries,
    List<String> queryIds,
    Qrels qrels,
    Similarity similarity) {

  public Workload {
    int dim = Checks.vectors(documents, "Document vector");
    Checks.vectors(queries, dim, "Query vector");
    documentIds = List.copyOf(documentIds);
    queryIds = List.copyOf(queryIds);
    if (documents.length != documentIds.size() || queries.length != queryIds.size()) {
      throw new IllegalArgumentException(
          "%d document vectors for %d ids, %d query vectors for %d ids: give one for each."
              .formatted(documents.length, documentIds.size(), queries.length, queryIds.size()));
    }
    if (queries.length == 0) {
      throw new IllegalArgumentException("There is no query: give at least one.");
    }
  }

  public int dimension() {
    return documents[0].length;
  }

  /** The value of a metric for every query. */
  double[] score(Hits hits, RankingMetric metric) {
    double[] values = new double[queries.length];
    for (int q = 0; q < values.length; q++) {
      List<String> ids = Arrays.stream(hits.positions()[q]).mapToObj(documentIds::get).toList();
      String id = queryIds.get(q);
      Ranking ranking = new Ranking(ids, hits.scores()[q]);
      values[q] = metric.score(JudgedRanking.of(id, ranking, qrels.of(id)));
    }
    return values;
  }
}
