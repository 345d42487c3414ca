package dev.embedlab.cli;

import dev.embedlab.evaluate.task.ClusteringTask.Sampling;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options that only some kinds of task have. */
final class TaskOptions {

  static final String NAMES =
      "retrieval, reranking, sts, pair-classification, bitext, classification, multilabel, "
          + "clustering, clustering-legacy, summarization, zero-shot and instruction-retrieval";

  @Option(
      names = "--samples-per-label",
      defaultValue = "8",
      description = "Classification, multilabel: training texts a label (default: 8).")
  int samplesPerLabel;

  @Option(
      names = "--sample",
      defaultValue = "4%",
      description = "Clustering: texts embedded, as 4%%, 2048 or all (default: MTEB's 4%%).")
  private String sample;

  @Option(
      names = "--label-texts",
      description =
          "Zero-shot: a file with the columns label and text, one row a label; without a column "
              + "label the texts belong to the labels 0, 1, 2 ...")
  Path labelTexts;

  @Option(names = "--candidates", description = "Reranking: a TREC run of the candidates.")
  Path candidates;

  boolean takesAll() {
    return sample.equals("all");
  }

  Sampling sampling(int texts) {
    Sampling all = Sampling.ofAll();
    int embedded =
        switch (sample) {
          case "all" -> 0;
          case String s when s.matches("\\d{1,3}(\\.\\d+)?%") ->
              (int) (Double.parseDouble(s.substring(0, s.length() - 1)) / 100 * texts);
          case String s when s.matches("\\d{1,9}") -> Integer.parseInt(s);
          default ->
              throw new IllegalArgumentException(
                  "--sample must be a share such as 4%%, a number of texts or all, but is '%s'."
                      .formatted(sample));
        };
    return new Sampling(embedded, all.drawn(), all.experiments(), all.batchSize());
  }
}
