package dev.embedlab.cli;

import dev.embedlab.data.BadRows;
import dev.embedlab.data.Datasets;
import dev.embedlab.data.LabelledText;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.Run;
import dev.embedlab.data.RunFile;
import dev.embedlab.data.ScoredPair;
import dev.embedlab.data.TextFile;
import dev.embedlab.data.TextPair;
import dev.embedlab.evaluate.task.BitextMiningTask;
import dev.embedlab.evaluate.task.ClassificationTask;
import dev.embedlab.evaluate.task.ClusteringTask;
import dev.embedlab.evaluate.task.EmbeddingTask;
import dev.embedlab.evaluate.task.MultilabelClassificationTask;
import dev.embedlab.evaluate.task.PairClassificationTask;
import dev.embedlab.evaluate.task.RerankingTask;
import dev.embedlab.evaluate.task.StsTask;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a task of the data that the options name.
 *
 * @param data data set name, folder or file
 * @param split judged
 * @param train file to learn from; null if not given
 * @param candidates run to put in order; null if not given
 * @param badRows what happens to rows that cannot be used
 */
record TaskFactory(String data, String split, Path train, Path candidates, BadRows badRows) {

  EmbeddingTask make(String task) {
    String name = Path.of(data).getFileName().toString().replaceFirst("\\..*$", "");
    return switch (task) {
      case "sts" -> new StsTask(name, file().scoredPairs().rows());
      case "pair-classification" -> new PairClassificationTask(name, file().scoredPairs().rows());
      case "bitext" -> new BitextMiningTask(name, file().pairs().rows());
      case "classification" -> new ClassificationTask(name, trainTexts(), labelled());
      case "multilabel" -> new MultilabelClassificationTask(name, trainTexts(), labelled());
      case "clustering" -> clustering(name);
      case "reranking" -> reranking();
      default ->
          throw new IllegalArgumentException(
              "There is no task '%s'; there are retrieval, reranking, sts, pair-classification, "
                      .formatted(task)
                  + "bitext, classification, multilabel and clustering.");
    };
  }

  private TextFile file() {
    return new TextFile(Path.of(data), Map.of(), badRows);
  }

  private List<LabelledText> labelled() {
    return file().labelledTexts().rows();
  }

  private List<LabelledText> trainTexts() {
    if (train == null) {
      throw new IllegalArgumentException("This task learns; name the file with --train.");
    }
    return new TextFile(train, Map.of(), badRows).labelledTexts().rows();
  }

  private EmbeddingTask clustering(String name) {
    List<LabelledText> texts = labelled();
    // MTEB embeds 4 % of its large data sets; of a small one all is needed.
    ClusteringTask.Sampling sampling =
        texts.size() < 25_000
            ? ClusteringTask.Sampling.ofAll()
            : ClusteringTask.Sampling.standard(texts.size());
    return new ClusteringTask(name, texts, sampling, 42);
  }

  private EmbeddingTask reranking() {
    if (candidates == null) {
      throw new IllegalArgumentException(
          "Reranking needs --candidates with a TREC run of the documents to put in order.");
    }
    RetrievalDataset dataset = Datasets.open(data, badRows);
    Run run = RunFile.read(candidates);
    Map<String, List<String>> byQuery = new LinkedHashMap<>();
    run.queryIds().forEach(query -> byQuery.put(query, run.of(query).documentIds()));
    return new RerankingTask(dataset.name(), dataset, split, byQuery);
  }

  /** The groups of texts that a task encodes, in the order in which vector files are given. */
  List<List<String>> texts(EmbeddingTask task) {
    return switch (task) {
      case StsTask t -> pairTexts(t.pairs());
      case PairClassificationTask t -> pairTexts(t.pairs());
      case BitextMiningTask t ->
          List.of(
              t.pairs().stream().map(TextPair::first).toList(),
              t.pairs().stream().map(TextPair::second).toList());
      case ClassificationTask t -> List.of(labelledTexts(t.test()), labelledTexts(t.train()));
      case MultilabelClassificationTask t ->
          List.of(labelledTexts(t.test()), labelledTexts(t.train()));
      case ClusteringTask t -> List.of(labelledTexts(t.texts()));
      case RerankingTask t ->
          List.of(t.data().queries(split).texts(), t.data().corpus().contents());
      default -> List.of();
    };
  }

  private static List<List<String>> pairTexts(List<ScoredPair> pairs) {
    return List.of(
        pairs.stream().map(ScoredPair::first).toList(),
        pairs.stream().map(ScoredPair::second).toList());
  }

  private static List<String> labelledTexts(List<LabelledText> texts) {
    return texts.stream().map(LabelledText::text).toList();
  }
}
