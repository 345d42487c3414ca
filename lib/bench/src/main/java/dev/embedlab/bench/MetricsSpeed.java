package dev.embedlab.bench;

import dev.embedlab.data.Qrels;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import dev.embedlab.evaluate.RetrievalEvaluator;
import dev.embedlab.evaluate.RetrievalEvaluator.IdenticalIds;
import dev.embedlab.evaluate.task.RankingScores;
import dev.embedlab.evaluate.task.TaskType;
import dev.embedlab.statistics.Bootstrap;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Times the metrics of a run of 1,000 queries by 1,000 documents, 10,000 bootstrap resamples of
 * 1,000 queries, and a run file of 1,000,000 lines read as a stream. Prints the median of five.
 * With the argument {@code stream} only the file is made and read, which works in a heap of 64 MiB.
 * The Python side is {@code src/main/python/metrics_path.py}.
 */
public final class MetricsSpeed {

  private static final int QUERIES = 1000;
  private static final int DOCUMENTS = 1000;

  private MetricsSpeed() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 1 && arguments[0].equals("stream")) {
      stream();
      return;
    }
    SplittableRandom random = new SplittableRandom(42);
    Map<String, Ranking> rankings = new LinkedHashMap<>();
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    for (int q = 0; q < QUERIES; q++) {
      List<String> ids = new ArrayList<>();
      float[] scores = new float[DOCUMENTS];
      Map<String, Integer> judged = new LinkedHashMap<>();
      for (int d = 0; d < DOCUMENTS; d++) {
        ids.add("doc" + random.nextInt(1000) + "-" + d);
        scores[d] = (float) random.nextDouble();
        if (random.nextInt(100) == 0) {
          judged.put(ids.get(d), 1 + random.nextInt(2));
        }
      }
      rankings.put("q" + q, new Ranking(ids, scores));
      grades.put("q" + q, judged);
    }
    Run run = new Run("run", rankings);
    Qrels qrels = new Qrels(grades);
    time(
        "all MTEB scores of 1,000 x 1,000, abstention curves and intervals included",
        () ->
            RankingScores.of("t", TaskType.RETRIEVAL, "ndcg_at_10", run, qrels, IdenticalIds.KEPT));
    double[] values = random.doubles(QUERIES).toArray();
    time("10,000 resamples of 1,000 queries", () -> Bootstrap.standard().mean(values));
    stream();
  }

  private static void stream() throws IOException {
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    Path file = Files.createTempFile("run", ".txt");
    try {
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        for (int q = 0; q < QUERIES; q++) {
          grades.put("q" + q, Map.of("doc" + q, 1, "doc" + (q + 1), 2));
          for (int d = 0; d < DOCUMENTS; d++) {
            out.write("q%d Q0 doc%d %d %d run\n".formatted(q, d, d + 1, DOCUMENTS - d));
          }
        }
      }
      Qrels qrels = new Qrels(grades);
      time(
          "run file of 1,000,000 lines",
          () -> RetrievalEvaluator.standard().evaluate(file, qrels).mean("ndcg@10"));
    } finally {
      Files.delete(file);
    }
  }

  private static void time(String what, Runnable work) {
    double[] seconds = new double[5];
    for (int i = 0; i < seconds.length; i++) {
      long start = System.nanoTime();
      work.run();
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    java.util.Arrays.sort(seconds);
    System.out.printf(java.util.Locale.ROOT, "%-76s %.3f s%n", what, seconds[2]);
  }
}
