package dev.embedlab.train;

import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.encode.Encoder;
import dev.embedlab.evaluate.RetrievalEvaluator;
import dev.embedlab.search.DenseRetriever;
import java.util.function.ToDoubleFunction;

/**
 * A number that says how good an encoder is, higher is better; measured during training to keep the
 * best weights and to know when to stop. NaN counts as worse than any number.
 *
 * @param name as reports show it
 */
public record Evaluation(String name, ToDoubleFunction<Encoder> score) {

  /** nDCG@10 on a split; use dev here and keep test for the end. */
  public static Evaluation retrieval(RetrievalDataset dataset, String split) {
    RetrievalEvaluator evaluator =
        RetrievalEvaluator.standard().withMetrics("ndcg@10").withDepth(10);
    return new Evaluation(
        "nDCG@10 " + dataset.name() + "/" + split,
        encoder -> {
          try (DenseRetriever retriever = DenseRetriever.of(encoder, dataset.corpus())) {
            return evaluator.evaluate(retriever, dataset, split).mainScore();
          }
        });
  }
}
