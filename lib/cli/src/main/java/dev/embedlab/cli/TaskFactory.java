package dev.embedlab.cli;

import dev.embedlab.data.HuggingFaceFolder;
import dev.embedlab.data.LabelledText;
import dev.embedlab.data.RerankingFile;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.Run;
import dev.embedlab.data.RunFile;
import dev.embedlab.data.TextFile;
import dev.embedlab.evaluate.task.BitextMiningTask;
import dev.embedlab.evaluate.task.ClassificationTask;
import dev.embedlab.evaluate.task.ClusteringTask;
import dev.embedlab.evaluate.task.ClusteringTask.Sampling;
import dev.embedlab.evaluate.task.EmbeddingTask;
import dev.embedlab.evaluate.task.InstructionRetrievalTask;
import dev.embedlab.evaluate.task.LegacyClusteringTask;
import dev.embedlab.evaluate.task.MultilabelClassificationTask;
import dev.embedlab.evaluate.task.PairClassificationTask;
import dev.embedlab.evaluate.task.RerankingTask;
import dev.embedlab.evaluate.task.StsTask;
import dev.embedlab.evaluate.task.SummarizationTask;
import dev.embedlab.evaluate.task.ZeroShotTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a task of the data that the options name.
 *
 * @param name of the task
 * @param data where the rows are
 * @param options of single kinds of task
 * @param say is told what was found
 */
record TaskFactory(String name, DataOptions data, TaskOptions options, Consumer<String> say) {

  private static final long SEED = 42;

  EmbeddingTask make(String task) {
    return switch (task) {
      case "sts" -> new StsTask(name, shown(data.rows().scoredPairs()));
      case "pair-classification" ->
          new PairClassificationTask(name, shown(data.rows().scoredPairs()));
      case "bitext" -> new BitextMiningTask(name, shown(data.rows().pairs()));
      case "classification" ->
          new ClassificationTask(name, train(), test(), options.samplesPerLabel, 10, SEED);
      case "multilabel" ->
          new MultilabelClassificationTask(
              name, train(), test(), options.samplesPerLabel, 10, SEED);
      case "clustering" -> clustering();
      case "clustering-legacy" -> new LegacyClusteringTask(name, shown(data.rows().labelledSets()));
      case "summarization" -> new SummarizationTask(name, shown(data.rows().summaries()));
      case "zero-shot" -> zeroShot();
      case "reranking" -> reranking();
      case "instruction-retrieval" -> instructionRetrieval();
      default ->
          throw new IllegalArgumentException(
              "There is no task '%s'; there are %s.".formatted(task, TaskOptions.NAMES));
    };
  }

  private <T> List<T> shown(TextFile.Read<T> read) {
    say.accept(read.rows().size() + " rows; columns: " + read.columns());
    if (read.columns().values().stream().anyMatch(name -> name.matches("column \\d+"))) {
      say.accept("the first line is taken as a row; if it names the columns, say --header");
    }
    return read.rows();
  }

  private List<LabelledText> test() {
    return shown(data.rows().labelledTexts());
  }

  private List<LabelledText> train() {
    return shown(data.trainRows().labelledTexts());
  }

  private EmbeddingTask clustering() {
    List<LabelledText> texts = test();
    Sampling sampling = options.sampling(texts.size());
    if (sampling.embedded() > 0) {
      say.accept(
          String.format(
              Locale.ROOT,
              "embeds %,d of %,d texts; --sample all takes all (MTEB's default is 4 %%)",
              Math.min(sampling.embedded(), texts.size()),
              texts.size()));
    } else if (!options.takesAll()) {
      say.accept("the share of %d texts is none; embeds all".formatted(texts.size()));
    }
    return new ClusteringTask(name, texts, sampling, SEED);
  }

  private EmbeddingTask zeroShot() {
    if (options.labelTexts != null) {
      return new ZeroShotTask(name, test(), labelTexts(TextFile.of(options.labelTexts)));
    }
    TextFile rows = data.rows();
    String column = rows.columnNames().contains("label_text") ? "label_text" : "label";
    List<LabelledText> texts =
        shown(
            (rows.columnNames().contains(column) ? rows.with("label", column) : rows)
                .labelledTexts());
    say.accept("every label describes itself; --label-texts names a file of better texts");
    Map<String, String> descriptions = new LinkedHashMap<>();
    texts.forEach(text -> descriptions.put(text.label(), text.label()));
    return new ZeroShotTask(name, texts, descriptions);
  }

  /** Label to text; rows without a label are numbered from 0. */
  private Map<String, String> labelTexts(TextFile file) {
    Map<String, String> descriptions = new LinkedHashMap<>();
    if (file.columnNames().size() == 1) {
      String column = file.columnNames().iterator().next();
      for (String text : shown(file.with("text", column).texts())) {
        descriptions.put("" + descriptions.size(), text);
      }
    } else {
      shown(file.labelledTexts()).forEach(row -> descriptions.put(row.label(), row.text()));
    }
    return descriptions;
  }

  private EmbeddingTask reranking() {
    Optional<Path> folder = data.isFile() ? Optional.empty() : Optional.of(data.folder());
    boolean retrieval = folder.isPresent() && HuggingFaceFolder.isOne(folder.get());
    if (!retrieval) {
      RerankingFile.Read read =
          RerankingFile.read(name, data.split, data.rows().files(), data.badRows());
      say.accept(read.data().toString());
      return new RerankingTask(name, read.data(), data.split, read.candidates());
    }
    RetrievalDataset dataset = data.retrieval();
    say.accept(dataset.toString());
    return new RerankingTask(name, dataset, data.split, candidates(folder.get()));
  }

  private EmbeddingTask instructionRetrieval() {
    RetrievalDataset dataset = data.retrieval();
    say.accept(dataset.toString());
    Path folder = data.folder();
    return new InstructionRetrievalTask(
        name,
        dataset,
        data.split,
        options.candidates == null
            ? HuggingFaceFolder.candidates(folder, data.openOptions())
            : candidates(folder),
        HuggingFaceFolder.changedDocuments(folder, data.openOptions()));
  }

  private Map<String, List<String>> candidates(Path folder) {
    if (options.candidates != null && Files.exists(options.candidates)) {
      Run run = RunFile.read(options.candidates);
      Map<String, List<String>> byQuery = new LinkedHashMap<>();
      run.queryIds().forEach(query -> byQuery.put(query, run.of(query).documentIds()));
      return byQuery;
    }
    Map<String, List<String>> stored = HuggingFaceFolder.candidates(folder, data.openOptions());
    if (stored.isEmpty()) {
      throw new IllegalArgumentException(
          "Reranking needs --candidates with a TREC run of the documents to put in order, "
              + "or a configuration 'top_ranked' in the data set.");
    }
    return stored;
  }
}
