package dev.embedlab.evaluate.task;

import dev.embedlab.data.Document;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.Run;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Role;
import dev.embedlab.evaluate.RetrievalEvaluator.IdenticalIds;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reranking: puts the given candidates of each query in order. Main score {@code map_at_1000}.
 *
 * @param name as result files show it
 * @param data corpus, queries and judgements
 * @param split judged
 * @param candidates query id to the ids of the documents to put in order
 */
public record RerankingTask(
    String name, RetrievalDataset data, String split, Map<String, List<String>> candidates)
    implements EmbeddingTask {

  public RerankingTask {
    candidates = Map.copyOf(candidates);
  }

  @Override
  public TaskType type() {
    return TaskType.RERANKING;
  }

  @Override
  public TaskScores evaluate(Encoder encoder, EncodeOptions options) {
    Run run = run(encoder, options);
    Qrels qrels = data.qrels(split);
    return RankingScores.of(name, type(), "map_at_1000", run, qrels, IdenticalIds.KEPT);
  }

  /** The candidates of every query in order. */
  Run run(Encoder encoder, EncodeOptions options) {
    Queries queries = data.queries(split).filter(query -> candidates.containsKey(query.id()));
    float[][] queryVectors = encoder.encode(queries.texts(), options.withRole(Role.QUERY));
    Map<String, float[]> documents = documents(encoder, options, queries);
    Map<String, Ranking> rankings = new LinkedHashMap<>();
    for (int q = 0; q < queries.size(); q++) {
      List<String> ids = candidates.get(queries.get(q).id()).stream().distinct().toList();
      float[][] vectors = ids.stream().map(documents::get).toArray(float[][]::new);
      float[][] repeated = new float[vectors.length][];
      java.util.Arrays.fill(repeated, queryVectors[q]);
      double[] scores = PairScores.asSearched(encoder.similarity(), repeated, vectors);
      rankings.put(queries.get(q).id(), ranking(ids, scores));
    }
    return new Run(encoder.name(), rankings);
  }

  private Map<String, float[]> documents(Encoder encoder, EncodeOptions options, Queries queries) {
    List<String> ids =
        queries.all().stream()
            .map(Query::id)
            .map(candidates::get)
            .flatMap(Collection::stream)
            .distinct()
            .toList();
    List<String> texts = ids.stream().map(this::contents).toList();
    float[][] vectors = encoder.encode(texts, options.withRole(Role.DOCUMENT));
    Map<String, float[]> byId = new LinkedHashMap<>();
    for (int i = 0; i < vectors.length; i++) {
      byId.put(ids.get(i), vectors[i]);
    }
    return byId;
  }

  private String contents(String id) {
    return data.corpus()
        .find(id)
        .map(Document::contents)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The candidate '%s' is not in the corpus of '%s'.".formatted(id, name)));
  }

  private static Ranking ranking(List<String> ids, double[] scores) {
    float[] floats = new float[scores.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) scores[i];
    }
    return new Ranking(ids, floats);
  }
}
