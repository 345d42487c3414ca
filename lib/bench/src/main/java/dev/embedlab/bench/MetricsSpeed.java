package dev.embedlab.bench;

import dev.embedlab.data.Qrels;
import dev.embedlab.data.QrelsFile;
import dev.embedlab.data.Run;
import dev.embedlab.data.RunFile;
import dev.embedlab.evaluate.RetrievalEvaluator;
import dev.embedlab.evaluate.RetrievalEvaluator.IdenticalIds;
import dev.embedlab.evaluate.task.RankingScores;
import dev.embedlab.evaluate.task.TaskScores;
import dev.embedlab.evaluate.task.TaskType;
import dev.embedlab.statistics.Bootstrap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;

/**
 * The Java side of {@code src/main/python/metrics_path.py}, which makes the files and prints the
 * table: scores a run file as MTEB does, told what to do line by line. {@code load RUN QRELS}
 * reads, {@code metrics} makes all scores with abstention curves and an interval, {@code single}
 * the same on one thread, {@code resamples} 10,000 of 1,000 values, {@code stream RUN} reads and
 * scores a file query by query; each answers with the seconds it took. {@code scores} prints the
 * scores.
 */
public final class MetricsSpeed {

  private final double[] values = new SplittableRandom(42).doubles(1000).toArray();
  private Run run = new Run("none", java.util.Map.of());
  private Qrels qrels = new Qrels(java.util.Map.of());

  private MetricsSpeed() {}

  public static void main(String[] arguments) throws IOException {
    MetricsSpeed speed = new MetricsSpeed();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (ForkJoinPool one = new ForkJoinPool(1)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        long start = System.nanoTime();
        if (words[0].equals("single")) {
          one.submit(speed::score).join();
        } else {
          speed.answer(words);
        }
        System.out.printf(Locale.ROOT, "ANSWER %.6f%n", (System.nanoTime() - start) / 1e9);
      }
    }
  }

  private void answer(String[] words) {
    switch (words[0]) {
      case "load" -> {
        run = RunFile.read(Path.of(words[1]));
        qrels = QrelsFile.read(Path.of(words[2]));
      }
      case "metrics" -> score();
      case "resamples" -> Bootstrap.standard().mean(values);
      case "stream" ->
          RetrievalEvaluator.standard().evaluate(Path.of(words[1]), qrels).mean("ndcg@10");
      case "scores" ->
          score().scores().forEach((name, value) -> System.out.println(name + " " + value));
      default -> throw new IllegalArgumentException("There is no command '" + words[0] + "'.");
    }
  }

  private TaskScores score() {
    return RankingScores.of("t", TaskType.RETRIEVAL, "ndcg_at_10", run, qrels, IdenticalIds.KEPT);
  }
}
