package dev.embedlab.cli;

import dev.embedlab.data.Datasets;
import dev.embedlab.data.Document;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.TextFile;
import dev.embedlab.data.TextPair;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.evaluate.RetrievalEvaluator;
import dev.embedlab.evaluate.RetrievalResult;
import dev.embedlab.inspect.FailedQueries;
import dev.embedlab.inspect.ScoreDistribution;
import dev.embedlab.inspect.VectorSpace;
import dev.embedlab.robust.Alignment;
import dev.embedlab.robust.NeighbourPurity;
import dev.embedlab.robust.Perturbation;
import dev.embedlab.robust.Stability;
import dev.embedlab.search.DenseRetriever;
import dev.embedlab.search.Retriever;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a model does wrong on a data set, and how its vectors lie.
 *
 * @param opened the model
 * @param data searched
 * @param split whose queries are asked
 * @param say is told every finding
 */
record ModelInspection(
    OpenModel opened, RetrievalDataset data, String split, Consumer<String> say) {

  private static final String METRIC = "ndcg@10";
  private static final int DEPTH = 10;

  /** The worst queries, and how scores of relevant and other hits lie apart. */
  void failures(int worst) {
    try (Retriever retriever = opened.retriever(data, split)) {
      RetrievalResult result = RetrievalEvaluator.standard().evaluate(retriever, data, split);
      say.accept(result.toString());
      say.accept("worst queries:");
      say.accept(
          FailedQueries.of(
                  result, data, split, METRIC, worst, text -> opened.isCut(text) ? 1 : 0, 0)
              .toString());
      say.accept(
          "scores: " + ScoreDistribution.of(result.run(), data.qrels(split), DEPTH).toString());
    }
  }

  /** The shape of the space of document vectors, and how far changed queries move in it. */
  void space(Path paraphrases) {
    if (encoder().isEmpty()) {
      say.accept("the model encodes no new texts: no vector space, stability or alignment");
      return;
    }
    Encoder encoder = encoder().get();
    float[][] vectors = encoder.encode(data.corpus().contents(), EncodeOptions.documents());
    if (vectors.length > DEPTH) {
      say.accept("vector space: " + VectorSpace.of(vectors));
    }
    int k = Math.min(DEPTH, vectors.length);
    say.accept("queries changed, rankings of " + k + " compared:");
    for (Perturbation change : changes(paraphrases)) {
      say.accept("  " + Stability.of(encoder, data.queries(split), data.corpus(), change, k));
    }
  }

  private static List<Perturbation> changes(Path paraphrases) {
    List<Perturbation> changes =
        new ArrayList<>(
            List.of(
                Perturbation.typos(0.1, 42),
                Perturbation.lowerCase(),
                Perturbation.upperCase(),
                Perturbation.spacing(),
                Perturbation.noPunctuation()));
    if (paraphrases != null) {
      changes.add(Perturbation.paraphrases(TextFile.of(paraphrases).pairs().rows()));
    }
    return changes;
  }

  /** Whether the same documents in another language lie in the same place. */
  void alignment(String other) {
    if (other == null || encoder().isEmpty()) {
      return;
    }
    RetrievalDataset translated = Datasets.open(other);
    List<TextPair> pairs = new ArrayList<>();
    for (Document document : data.corpus()) {
      translated
          .corpus()
          .find(document.id())
          .ifPresent(twin -> pairs.add(new TextPair(document.contents(), twin.contents())));
    }
    RetrievalDataset crossed = Alignment.crossed(data, translated, split);
    say.accept("documents: " + Alignment.of(encoder().get(), pairs));
    try (DenseRetriever retriever = DenseRetriever.of(encoder().get(), crossed.corpus())) {
      say.accept(RetrievalEvaluator.standard().evaluate(retriever, crossed, split).toString());
    }
  }

  /** Whether neighbours of labelled texts have their label. */
  void purity(Path labels) {
    if (labels != null && encoder().isPresent()) {
      var rows = TextFile.of(labels).labelledTexts().rows();
      int k = Math.min(DEPTH, rows.size() - 1);
      say.accept(
          "share of %d neighbours with the same label: %s"
              .formatted(k, NeighbourPurity.of(encoder().get(), rows, k)));
    }
  }

  private Optional<Encoder> encoder() {
    return opened instanceof OpenModel.Checkpoint model
        ? Optional.of(model.model())
        : Optional.empty();
  }
}
