package dev.embedlab.cli;

import dev.embedlab.data.BadRows;
import dev.embedlab.data.Datasets;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.RunFile;
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

  @Option(
      names = "--data",
      required = true,
      description = "A data set name, a folder, or for the other tasks a file of rows.")
  private String data;

  @Option(
      names = "--task",
      defaultValue = "retrieval",
      description =
          "retrieval, reranking, sts, pair-classification, bitext, classification, multilabel or "
              + "clustering (default: ${DEFAULT-VALUE}).")
  private String task;

  @Option(names = "--split", defaultValue = "test", description = "Split to score (default: test).")
  private String split;

  @Option(names = "--train", description = "Classification: the file to learn from.")
  private Path train;

  @Option(names = "--candidates", description = "Reranking: a TREC run of the candidates.")
  private Path candidates;

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

  @Option(names = "--skip-bad-rows", description = "Count bad rows instead of stopping.")
  private boolean skipBadRows;

  @Option(names = "--out", description = "Folder the result is added to.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    BadRows badRows = skipBadRows ? BadRows.skip() : BadRows.fail();
    double score = task.equals("retrieval") ? retrieval(badRows) : other(badRows);
    badRows.skipped().forEach(skipped -> spec.commandLine().getErr().println("lab: " + skipped));
    spec.commandLine().getOut().printf(Locale.ROOT, "%.5f%n", score);
    return 0;
  }

  private double retrieval(BadRows badRows) throws IOException {
    RetrievalDataset dataset = Datasets.open(data, badRows);
    IdenticalIds ids = dropIdenticalIds ? IdenticalIds.DROPPED : IdenticalIds.KEPT;
    RetrievalEvaluator evaluator = RetrievalEvaluator.standard().withIdenticalIds(ids);
    if (!metrics.isEmpty()) {
      evaluator = evaluator.withMetrics(metrics.toArray(String[]::new));
    }
    PrintWriter print = spec.commandLine().getOut();
    print.println(dataset);
    RetrievalResult result = retrieve(evaluator, dataset);
    print.println(result);
    if (out != null) {
      TaskScores scores =
          RankingScores.of(
              dataset.name(),
              TaskType.RETRIEVAL,
              "ndcg_at_10",
              result.run(),
              dataset.qrels(split),
              ids);
      ModelCard card = new ModelCard(nameOf(model));
      MtebResult stored = stored(scores, dataset.fingerprint(), result.seconds());
      print.println("stored in " + new ResultStore(out).add(card, stored, result.scores()));
    }
    return result.mainScore();
  }

  private RetrievalResult retrieve(RetrievalEvaluator evaluator, RetrievalDataset dataset)
      throws IOException {
    if (model.startsWith("run:")) {
      return evaluator.evaluate(RunFile.read(Path.of(model.substring(4))), dataset.qrels(split));
    }
    try (OpenModel opened = OpenModel.of(model, analyzer);
        Retriever retriever = opened.retriever(dataset, split)) {
      return evaluator.evaluate(retriever, dataset, split);
    }
  }

  private double other(BadRows badRows) throws IOException {
    TaskFactory factory = new TaskFactory(data, split, train, candidates, badRows);
    EmbeddingTask made = factory.make(task);
    long start = System.nanoTime();
    TaskScores scores;
    try (OpenModel opened = OpenModel.of(model, analyzer)) {
      scores = made.evaluate(opened.encoder(factory.texts(made)));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    PrintWriter print = spec.commandLine().getOut();
    scores
        .scores()
        .forEach(
            (name, value) -> {
              if (value instanceof Double number && !name.startsWith("nauc_")) {
                print.printf(Locale.ROOT, "  %-22s %.5f%n", name, number);
              }
            });
    print.println(scores);
    if (out != null) {
      ModelCard card = new ModelCard(nameOf(model));
      print.println("stored in " + new ResultStore(out).add(card, stored(scores, "", seconds)));
    }
    return scores.mainScore();
  }

  private MtebResult stored(TaskScores scores, String revision, double seconds) {
    String shown = revision.isEmpty() ? ModelCard.NO_REVISION : revision;
    return MtebResult.of(scores, split, "default", List.of(), shown, seconds);
  }

  /** A folder is known by its own name, files by theirs. */
  private static String nameOf(String model) {
    if (model.startsWith("vectors:") || model.startsWith("run:")) {
      String first = model.substring(model.indexOf(':') + 1).split(",")[0];
      return Path.of(first).getFileName().toString();
    }
    Path folder = Path.of(model);
    return java.nio.file.Files.isDirectory(folder)
        ? folder.toAbsolutePath().normalize().getFileName().toString()
        : model;
  }
}
