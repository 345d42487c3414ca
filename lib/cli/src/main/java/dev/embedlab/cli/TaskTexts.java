package dev.embedlab.cli;

import dev.embedlab.data.LabelledText;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.ScoredPair;
import dev.embedlab.data.TextPair;
import dev.embedlab.evaluate.task.BitextMiningTask;
import dev.embedlab.evaluate.task.ClassificationTask;
import dev.embedlab.evaluate.task.ClusteringTask;
import dev.embedlab.evaluate.task.EmbeddingTask;
import dev.embedlab.evaluate.task.InstructionRetrievalTask;
import dev.embedlab.evaluate.task.LegacyClusteringTask;
import dev.embedlab.evaluate.task.MultilabelClassificationTask;
import dev.embedlab.evaluate.task.PairClassificationTask;
import dev.embedlab.evaluate.task.RerankingTask;
import dev.embedlab.evaluate.task.StsTask;
import dev.embedlab.evaluate.task.SummarizationTask;
import dev.embedlab.evaluate.task.ZeroShotTask;
import java.util.List;

/** The groups of texts that a task encodes, in the order in which vector files are given. */
final class TaskTexts {

  private TaskTexts() {}

  /**
   * @param first number of vectors in the first file; those of queries may be of all queries or of
   *     those that the split judges
   */
  static List<List<String>> of(EmbeddingTask task, int first) {
    return switch (task) {
      case StsTask t -> pairTexts(t.pairs());
      case PairClassificationTask t -> pairTexts(t.pairs());
      case BitextMiningTask t ->
          List.of(
              t.pairs().stream().map(TextPair::first).toList(),
              t.pairs().stream().map(TextPair::second).toList());
      case ClassificationTask t -> List.of(texts(t.test()), texts(t.train()));
      case MultilabelClassificationTask t -> List.of(texts(t.test()), texts(t.train()));
      case ClusteringTask t -> List.of(texts(t.texts()));
      case LegacyClusteringTask t ->
          List.of(texts(t.sets().stream().flatMap(List::stream).toList()));
      case SummarizationTask t ->
          List.of(
              t.samples().stream().flatMap(s -> s.human().stream()).toList(),
              t.samples().stream().flatMap(s -> s.machine().stream()).toList());
      case ZeroShotTask t -> List.of(texts(t.texts()), List.copyOf(t.descriptions().values()));
      case RerankingTask t -> searched(t.data(), t.split(), first);
      case InstructionRetrievalTask t -> searched(t.data(), t.split(), first);
      default ->
          throw new IllegalArgumentException("This task cannot be scored from files of vectors.");
    };
  }

  private static List<List<String>> searched(RetrievalDataset data, String split, int first) {
    boolean all = first == data.queries().size();
    List<String> queries = all ? data.queries().texts() : data.queries(split).texts();
    return List.of(queries, data.corpus().contents());
  }

  private static List<List<String>> pairTexts(List<ScoredPair> pairs) {
    return List.of(
        pairs.stream().map(ScoredPair::first).toList(),
        pairs.stream().map(ScoredPair::second).toList());
  }

  private static List<String> texts(List<LabelledText> texts) {
    return texts.stream().map(LabelledText::text).toList();
  }
}
