package dev.embedlab.evaluate.result;

import dev.embedlab.evaluate.task.TaskType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The type of a result's task, told from the scores it holds: MTEB's files do not name it, and its
 * leaderboard averages by type.
 */
final class TaskTypeOf {

  /** A score that only one type has, the most telling first. */
  private static final List<Map.Entry<String, TaskType>> SIGNS =
      List.of(
          Map.entry("p-MRR", TaskType.INSTRUCTION_RETRIEVAL),
          Map.entry("ndcg_at_10", TaskType.RETRIEVAL),
          Map.entry("max_ap", TaskType.PAIR_CLASSIFICATION),
          Map.entry("v_measure", TaskType.CLUSTERING),
          Map.entry("lrap", TaskType.MULTILABEL_CLASSIFICATION),
          Map.entry("scores_per_experiment", TaskType.CLASSIFICATION),
          Map.entry("dot_spearman", TaskType.SUMMARIZATION),
          Map.entry("cosine_spearman", TaskType.STS),
          Map.entry("recall_weighted", TaskType.ZERO_SHOT_CLASSIFICATION),
          Map.entry("f1", TaskType.BITEXT_MINING));

  private TaskTypeOf() {}

  /** Empty if no score tells. */
  static Optional<TaskType> of(MtebResult result) {
    return result.scores().values().stream()
        .flatMap(List::stream)
        .findFirst()
        .flatMap(TaskTypeOf::of);
  }

  private static Optional<TaskType> of(Map<String, Object> scores) {
    Optional<TaskType> type =
        SIGNS.stream()
            .filter(sign -> scores.containsKey(sign.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    boolean reranking =
        scores.get("main_score") instanceof Number main
            && main.equals(scores.get("map_at_1000"))
            && !main.equals(scores.get("ndcg_at_10"));
    return type.map(t -> t == TaskType.RETRIEVAL && reranking ? TaskType.RERANKING : t);
  }
}
