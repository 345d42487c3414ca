package dev.embedlab.frontier;

import dev.embedlab.compress.Reduction;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Similarity;
import dev.embedlab.metrics.JudgedRanking;
import dev.embedlab.metrics.RankingMetric;
import dev.embedlab.vector.Checks;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.Hits;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /**
   * Encodes the corpus and the queries of one split.
   *
   * @param split {@code dev} to choose with, {@code test} to report
   */
  public static Workload of(Encoder encoder, RetrievalDataset data, String split) {
    Queries queries = data.queries(split);
    return new Workload(
        encoder.encode(data.corpus().contents(), EncodeOptions.documents()),
        data.corpus().ids(),
        encoder.encode(queries.texts(), EncodeOptions.queries()),
        queries.all().stream().map(Query::id).toList(),
        data.qrels(split),
        encoder.similarity());
  }

  /**
   * The same vectors with other judgements: relevant is what exact search finds. The metric {@code
   * recall@k} is then the recall of an index, whatever people think of the results.
   *
   * @param k neighbours, at least 1
   */
  public Workload judgedByExactSearch(int k) {
    Hits exact = ExactIndex.of(documents, similarity).search(queries, k);
    Map<String, Map<String, Integer>> grades = LinkedHashMap.newLinkedHashMap(queries.length);
    for (int q = 0; q < queries.length; q++) {
      Map<String, Integer> found = LinkedHashMap.newLinkedHashMap(k);
      for (int position : exact.positions()[q]) {
        found.put(documentIds.get(position), 1);
      }
      grades.put(queryIds.get(q), found);
    }
    return new Workload(documents, documentIds, queries, queryIds, new Qrels(grades), similarity);
  }

  /** The same vectors after a reduction fitted elsewhere. */
  public Workload reduced(Reduction reduction) {
    return new Workload(
        reduction.apply(documents),
        documentIds,
        reduction.apply(queries),
        queryIds,
        qrels,
        similarity);
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
