package dev.embedlab.evaluate.task;

import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.Run;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.evaluate.RetrievalEvaluator.IdenticalIds;
import dev.embedlab.search.DenseRetriever;

/**
 * Retrieval: finds the relevant documents of each query among all. Main score {@code ndcg_at_10}
 * over the first 1,000 documents.
 *
 * @param name as result files show it
 * @param data corpus, queries and judgements
 * @param split judged
 * @param identicalIds whether a query may find the document of its own id
 */
public record RetrievalTask(
    String name, RetrievalDataset data, String split, IdenticalIds identicalIds)
    implements EmbeddingTask {

  private static final int DEPTH = 1000;

  public RetrievalTask(RetrievalDataset data, String split) {
    this(data.name(), data, split, IdenticalIds.KEPT);
  }

  @Override
  public TaskType type() {
    return TaskType.RETRIEVAL;
  }

  @Override
  public TaskScores evaluate(Encoder encoder, EncodeOptions options) {
    try (DenseRetriever retriever = DenseRetriever.of(encoder, data.corpus(), options)) {
      return evaluate(retriever.retrieve(data.queries(split), DEPTH));
    }
  }

  /** Scores a run that was made elsewhere. */
  public TaskScores evaluate(Run run) {
    return RankingScores.of(name, type(), "ndcg_at_10", run, data.qrels(split), identicalIds);
  }
}
