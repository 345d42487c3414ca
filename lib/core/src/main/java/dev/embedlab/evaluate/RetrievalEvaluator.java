package dev.embedlab.evaluate;

import dev.embedlab.data.BadRows;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.Run;
import dev.embedlab.data.RunFile;
import dev.embedlab.metrics.JudgedRanking;
import dev.embedlab.metrics.RankingMetric;
import dev.embedlab.metrics.RankingMetrics;
import dev.embedlab.search.Retriever;
import dev.embedlab.statistics.Bootstrap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores search systems with trec_eval's rules, as MTEB does, and puts an interval on every mean.
 * Immutable; the {@code with} methods give changed copies.
 *
 * <pre>{@code
 * RetrievalResult result = RetrievalEvaluator.standard().evaluate(retriever, dataset, "test");
 * System.out.println(result);
 * }</pre>
 *
 * @param metrics measured; the first is the main score
 * @param depth documents asked of a system for a query
 * @param bootstrap how intervals are made
 * @param unanswered what a judged query without an answer counts
 * @param identicalIds whether a document with the id of the query is taken out of its ranking
 */
public record RetrievalEvaluator(
    List<RankingMetric> metrics,
    int depth,
    Bootstrap bootstrap,
    Unanswered unanswered,
    IdenticalIds identicalIds) {

  /** What a judged query counts for which the system returned nothing. */
  public enum Unanswered {
    /** As 0, trec_eval's option {@code -c}: leaving questions out does not pay. */
    COUNTS_ZERO,
    /** Left out of the mean, as trec_eval and pytrec_eval do without that option. */
    LEFT_OUT
  }

  /** Whether a query may find the document of its own id. */
  public enum IdenticalIds {
    /** It counts like any other, MTEB's rule. */
    KEPT,
    /** It is dropped, BEIR's rule: for data sets such as ArguAna whose queries are documents. */
    DROPPED
  }

  public RetrievalEvaluator {
    metrics = List.copyOf(metrics);
    if (metrics.isEmpty()) {
      throw new IllegalArgumentException("An evaluation needs at least one metric.");
    }
    if (depth < 1) {
      throw new IllegalArgumentException("depth must be at least 1, but is %d.".formatted(depth));
    }
  }

  /** {@link RankingMetrics#standard()} over the first 1,000 documents, as MTEB. */
  public static RetrievalEvaluator standard() {
    return new RetrievalEvaluator(
        RankingMetrics.standard(),
        1000,
        Bootstrap.standard(),
        Unanswered.COUNTS_ZERO,
        IdenticalIds.KEPT);
  }

  /** Metrics by name, for example {@code ndcg@10}; the first is the main score. */
  public RetrievalEvaluator withMetrics(String... names) {
    return withMetrics(Arrays.stream(names).map(RankingMetrics::parse).toList());
  }

  public RetrievalEvaluator withMetrics(List<RankingMetric> value) {
    return new RetrievalEvaluator(value, depth, bootstrap, unanswered, identicalIds);
  }

  public RetrievalEvaluator withDepth(int value) {
    return new RetrievalEvaluator(metrics, value, bootstrap, unanswered, identicalIds);
  }

  public RetrievalEvaluator withBootstrap(Bootstrap value) {
    return new RetrievalEvaluator(metrics, depth, value, unanswered, identicalIds);
  }

  public RetrievalEvaluator withUnanswered(Unanswered value) {
    return new RetrievalEvaluator(metrics, depth, bootstrap, value, identicalIds);
  }

  public RetrievalEvaluator withIdenticalIds(IdenticalIds value) {
    return new RetrievalEvaluator(metrics, depth, bootstrap, unanswered, value);
  }

  /** Runs a system on the judged queries of a split and scores what it returns. */
  public RetrievalResult evaluate(Retriever system, RetrievalDataset data, String split) {
    Queries queries = data.queries(split);
    long start = System.nanoTime();
    Run run = system.retrieve(queries, depth);
    double seconds = (System.nanoTime() - start) / 1e9;
    Provenance provenance = new Provenance(data.name(), split, data.fingerprint(), parameters());
    return score(run, data.qrels(split), provenance).named(system.name()).tookSeconds(seconds);
  }

  /** Scores a run that was made elsewhere. */
  public RetrievalResult evaluate(Run run, Qrels qrels) {
    return score(run, qrels, new Provenance("run", "", "", parameters()));
  }

  /**
   * Scores a TREC run file query by query, holding one query's documents at a time.
   *
   * @throws dev.embedlab.data.BadRowException naming file, line and field
   */
  public PerQueryScores evaluate(Path runFile, Qrels qrels) {
    Map<String, double[]> byQuery = new HashMap<>();
    String name =
        RunFile.stream(
            runFile,
            BadRows.fail(),
            (query, ranking) -> {
              if (qrels.queryIds().contains(query)) {
                byQuery.put(query, values(query, ranking, qrels));
              }
            });
    List<String> ids =
        qrels.queryIds().stream()
            .filter(q -> byQuery.containsKey(q) || unanswered == Unanswered.COUNTS_ZERO)
            .toList();
    if (byQuery.isEmpty()) {
      throw new IllegalArgumentException(
          "Run file %s answers none of the judged queries.".formatted(runFile));
    }
    double[] zeros = new double[metrics.size()];
    Map<String, double[]> perQuery = new LinkedHashMap<>();
    for (int m = 0; m < metrics.size(); m++) {
      int column = m;
      perQuery.put(
          metrics.get(m).name(),
          ids.stream().mapToDouble(q -> byQuery.getOrDefault(q, zeros)[column]).toArray());
    }
    return PerQueryScores.of(name, ids, perQuery, bootstrap);
  }

  private double[] values(String query, Ranking ranking, Qrels qrels) {
    JudgedRanking judged = JudgedRanking.of(query, prepared(query, ranking), qrels.of(query));
    double[] values = new double[metrics.size()];
    for (int m = 0; m < values.length; m++) {
      values[m] = metrics.get(m).score(judged);
    }
    return values;
  }

  private Map<String, String> parameters() {
    return Map.of(
        "depth",
        "" + depth,
        "resamples",
        "" + bootstrap.resamples(),
        "seed",
        "" + bootstrap.seed(),
        "interval",
        bootstrap.method().name(),
        "unanswered",
        unanswered.name(),
        "identical ids",
        identicalIds.name());
  }

  private RetrievalResult score(Run run, Qrels qrels, Provenance provenance) {
    List<String> scored = new ArrayList<>();
    int missing = 0;
    for (String query : qrels.queryIds()) {
      boolean answered = run.queryIds().contains(query);
      missing += answered ? 0 : 1;
      if (answered || unanswered == Unanswered.COUNTS_ZERO) {
        scored.add(query);
      }
    }
    double[][] values =
        scored.parallelStream().map(q -> values(q, run.of(q), qrels)).toArray(double[][]::new);
    if (scored.isEmpty()) {
      throw new IllegalArgumentException(
          "Run '%s' and the judgements share no query id; the run has %s, the judgements %s."
              .formatted(run.name(), example(run.queryIds()), example(qrels.queryIds())));
    }
    Map<String, double[]> perQuery = new LinkedHashMap<>();
    for (int m = 0; m < metrics.size(); m++) {
      int column = m;
      double[] ofMetric = Arrays.stream(values).mapToDouble(row -> row[column]).toArray();
      perQuery.put(metrics.get(m).name(), ofMetric);
    }
    return new RetrievalResult(
        run, PerQueryScores.of(run.name(), scored, perQuery, bootstrap), missing, 0, provenance);
  }

  private Ranking prepared(String query, Ranking ranking) {
    if (identicalIds == IdenticalIds.KEPT || !ranking.documentIds().contains(query)) {
      return ranking;
    }
    List<String> ids = new ArrayList<>();
    float[] scores = new float[ranking.size() - 1];
    for (int i = 0; i < ranking.size(); i++) {
      if (!ranking.documentId(i).equals(query)) {
        scores[ids.size()] = ranking.score(i);
        ids.add(ranking.documentId(i));
      }
    }
    return new Ranking(ids, scores);
  }

  private static String example(Iterable<String> ids) {
    return ids.iterator().hasNext() ? "for example '" + ids.iterator().next() + "'" : "none";
  }
}
