package dev.embedlab.evaluate.task;

import dev.embedlab.data.Qrels;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.Run;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.evaluate.RetrievalEvaluator.IdenticalIds;
import dev.embedlab.metrics.InstructionChange;
import dev.embedlab.search.DenseRetriever;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Instruction retrieval: every query comes with an instruction ({@code ID-og}) and with a changed
 * one ({@code ID-changed}) that makes some documents irrelevant. Main score {@code p-MRR}, how far
 * those fall in the ranking (see {@link InstructionChange}); beside it the retrieval scores of all
 * queries and, under {@code og} and {@code changed}, of either half.
 *
 * <p>Source: Weller et al., "FollowIR: evaluating and teaching information retrieval models to
 * follow instructions", 2024; as MTEB.
 *
 * @param name as result files show it
 * @param data corpus, queries with their instructions, and judgements
 * @param split judged
 * @param candidates query id to the ids of the documents to put in order; empty to search all
 * @param changed query id without its ending to the documents that became irrelevant
 */
public record InstructionRetrievalTask(
    String name,
    RetrievalDataset data,
    String split,
    Map<String, List<String>> candidates,
    Map<String, List<String>> changed)
    implements EmbeddingTask {

  private static final int DEPTH = 1000;

  public InstructionRetrievalTask {
    candidates = Map.copyOf(candidates);
    changed = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(changed));
    if (changed.isEmpty()) {
      throw new IllegalArgumentException(
          "Task '%s' names no document whose relevance changed; p-MRR needs some.".formatted(name));
    }
  }

  @Override
  public TaskType type() {
    return TaskType.INSTRUCTION_RETRIEVAL;
  }

  @Override
  public TaskScores evaluate(Encoder encoder, EncodeOptions options) {
    Run run = run(encoder, options);
    Map<String, Double> moved = InstructionChange.ofQueries(run, changed);
    if (moved.isEmpty()) {
      throw new IllegalArgumentException(
          "No query of '%s' was searched with both endings, -og and -changed.".formatted(name));
    }
    double[] values = moved.values().stream().mapToDouble(Double::doubleValue).toArray();
    Map<String, Object> scores = new LinkedHashMap<>(scores(run, query -> true));
    scores.put("p-MRR", java.util.Arrays.stream(values).average().orElseThrow());
    scores.put("og", scores(run, query -> query.endsWith(InstructionChange.OLD)));
    scores.put("changed", scores(run, query -> !query.endsWith(InstructionChange.OLD)));
    return new TaskScores(name, type(), "p-MRR", Resampled.mean(values), scores);
  }

  private Run run(Encoder encoder, EncodeOptions options) {
    if (!candidates.isEmpty()) {
      return new RerankingTask(name, data, split, candidates).run(encoder, options);
    }
    try (DenseRetriever retriever = DenseRetriever.of(encoder, data.corpus(), options)) {
      return retriever.retrieve(data.queries(split), DEPTH);
    }
  }

  private Map<String, Object> scores(Run run, Predicate<String> wanted) {
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>(data.qrels(split).asMap());
    grades.keySet().removeIf(wanted.negate());
    Qrels qrels = new Qrels(grades);
    return RankingScores.of(name, type(), "ndcg_at_10", run, qrels, IdenticalIds.KEPT).scores();
  }
}
