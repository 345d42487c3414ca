package dev.embedlab.cli;

import dev.embedlab.checkpoint.Models;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.Run;
import dev.embedlab.data.RunFile;
import dev.embedlab.encode.Similarity;
import dev.embedlab.evaluate.RetrievalEvaluator;
import dev.embedlab.evaluate.RetrievalEvaluator.IdenticalIds;
import dev.embedlab.evaluate.RetrievalResult;
import dev.embedlab.evaluate.result.ModelCard;
import dev.embedlab.evaluate.result.MtebResult;
import dev.embedlab.evaluate.result.ResultStore;
import dev.embedlab.evaluate.task.EmbeddingTask;
import dev.embedlab.evaluate.task.RankingScores;
import dev.embedlab.evaluate.task.TaskScores;
import dev.embedlab.evaluate.task.TaskType;
import dev.embedlab.search.Retriever;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lab evaluate}: scores a model on data and stores the result in MTEB's files. */
@Command(
    name = "evaluate",
    description = "Scores a model on data; the last line printed is the main score.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Evaluate implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      description =
          "A checkpoint folder, org/name, bm25, run:FILE (TREC run), or "
              + "vectors:QUERIES.npy,DOCS.npy (first and second texts of pairs; test and train texts).")
  private String model;

  @Mixin private DataOptions data;

  @Option(
      names = "--task",
      defaultValue = "retrieval",
      description = TaskOptions.NAMES + " (default: ${DEFAULT-VALUE}).")
  private String task;

  @Mixin private TaskOptions options;

  @Option(
      names = "--metrics",
      split = ",",
      description = "Retrieval: metrics shown, the first is the main score.")
  private List<String> metrics = List.of();

  @Option(
      names = "--analyzer",
      defaultValue = "english",
      description = "bm25: language of the analyzer (default: english).")
  private String analyzer;

  @Option(names = "--drop-identical-ids", description = "A query may not find its own id.")
  private boolean dropIdenticalIds;

  @Option(
      names = "--similarity",
      defaultValue = "cosine",
      description = "vectors: cosine, dot, euclidean or manhattan (default: cosine).")
  private Similarity similarity;

  @Option(names = "--name", description = "Name of the task (default: that of the data).")
  private String taskName;

  @Option(
      names = "--languages",
      split = ",",
      description =
          "Languages for the result file, for example eng-Latn (default: those in --subset).")
  private List<String> languages = List.of();

  @Option(names = "--out", description = "Folder the result is added to.")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    double score = task.equals("retrieval") ? retrieval() : other();
    data.badRows().skipped().forEach(skipped -> err().println("lab: " + skipped));
    out().printf(Locale.ROOT, "%.5f%n", score);
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private String name() {
    return taskName == null ? data.name() : taskName;
  }

  private double retrieval() throws IOException {
    RetrievalDataset dataset = data.retrieval();
    IdenticalIds ids = dropIdenticalIds ? IdenticalIds.DROPPED : IdenticalIds.KEPT;
    RetrievalEvaluator evaluator = RetrievalEvaluator.standard().withIdenticalIds(ids);
    if (!metrics.isEmpty()) {
      evaluator = evaluator.withMetrics(metrics.toArray(String[]::new));
    }
    out().println(dataset);
    Searched searched = retrieve(evaluator, dataset);
    RetrievalResult result = searched.result();
    out().println(result);
    if (folder != null) {
      Qrels qrels = dataset.qrels(data.split);
      Run run = result.run().covering(qrels.queryIds());
      TaskScores scores =
          RankingScores.of(name(), TaskType.RETRIEVAL, "ndcg_at_10", run, qrels, ids);
      MtebResult stored = stored(scores, dataset.fingerprint(), result.seconds());
      ResultStore store = new ResultStore(folder);
      out().println("stored in " + store.add(searched.card(), stored, result.scores()));
    }
    return result.mainScore();
  }

  /** What a search system scored, and what a leaderboard shows of it. */
  private record Searched(RetrievalResult result, ModelCard card) {}

  private Searched retrieve(RetrievalEvaluator evaluator, RetrievalDataset dataset)
      throws IOException {
    if (model.startsWith("run:")) {
      Run run = RunFile.read(Path.of(model.substring(4)));
      RetrievalResult result = evaluator.evaluate(run, dataset.qrels(data.split));
      return new Searched(result, new ModelCard(nameOf(model)));
    }
    try (OpenModel opened = OpenModel.of(model, analyzer, similarity);
        Retriever retriever = opened.retriever(dataset, data.split)) {
      RetrievalResult result = evaluator.evaluate(retriever, dataset, data.split);
      return new Searched(result, opened.card(nameOf(model)));
    }
  }

  private double other() throws IOException {
    EmbeddingTask made = new TaskFactory(name(), data, options, out()::println).make(task);
    long start = System.nanoTime();
    TaskScores scores;
    ModelCard card;
    try (OpenModel opened = OpenModel.of(model, analyzer, similarity)) {
      scores =
          made.evaluate(
              opened.encoder(
                  opened.vectors() > 0 ? TaskTexts.of(made, opened.vectors()) : List.of()));
      card = opened.card(nameOf(model));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    scores.scores().forEach(this::show);
    out().println(scores);
    if (folder != null) {
      MtebResult stored = stored(scores, data.fingerprint(), seconds);
      out().println("stored in " + new ResultStore(folder).add(card, stored));
    }
    return scores.mainScore();
  }

  private void show(String name, Object value) {
    if (value instanceof Double number && !name.startsWith("nauc_")) {
      out().printf(Locale.ROOT, "  %-22s %.5f%n", name, number);
    }
  }

  private MtebResult stored(TaskScores scores, String revision, double seconds) {
    List<String> said = languages.isEmpty() ? data.languages() : languages;
    return MtebResult.of(scores, data.split, data.subsetName(), said, revision, seconds);
  }

  /** A folder is known by its own name, files by theirs. */
  private static String nameOf(String model) {
    if (model.startsWith("vectors:") || model.startsWith("run:")) {
      String first = model.substring(model.indexOf(':') + 1).split(",")[0];
      return Path.of(first).getFileName().toString();
    }
    return Models.nameOf(model);
  }
}
