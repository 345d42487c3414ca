package dev.embedlab.bench;

import dev.embedlab.data.Qrels;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import dev.embedlab.data.RunFile;
import dev.embedlab.evaluate.RetrievalEvaluator;
import dev.embedlab.evaluate.RetrievalEvaluator.IdenticalIds;
import dev.embedlab.evaluate.task.RankingScores;
import dev.embedlab.evaluate.task.TaskType;
import dev.embedlab.statistics.Bootstrap;
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
 */
public final class MetricsSpeed {

  private static final int QUERIES = 1000;
  private static final int DOCUMENTS = 1000;

  private MetricsSpeed() {}

  public static void main(String[] arguments) throws IOException {
    SplittableRandom random = new SplittableRandom(42);
    Map<String, Ranking> rankings = new LinkedHashMap<>();
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    for (int q = 0; q < QUERIES; q++) {
      List<String> ids = new ArrayList<>();
      float[] scores = new float[DOCUMENTS];
      Map<String, Integer> judged = new LinkedHashMap<>();
      for (int d = 0; d < DOCUMENTS; d++) {
        ids.add("doc" + random.nextInt(1000) + "-" + d);
        scores[d] = DOCUMENTS - d + random.nextInt(3);
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
    Path file = Files.createTempFile("run", ".txt");
    try {
      RunFile.write(file, run);
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
