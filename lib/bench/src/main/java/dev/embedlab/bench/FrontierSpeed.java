package dev.embedlab.bench;

import dev.embedlab.data.Datasets;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.encode.Encoder;
import dev.embedlab.frontier.Frontier;
import dev.embedlab.frontier.FrontierResult;
import dev.embedlab.frontier.Recipe;
import dev.embedlab.frontier.Reducer;
import dev.embedlab.frontier.Workload;
import dev.embedlab.train.StaticEmbeddingTrainer;
import dev.embedlab.train.TrainingPairs;
import dev.embedlab.vector.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Seconds of the frontier that notebook 07 draws: four dimensions times seven ways to store and
 * find vectors of java-api. The model is trained for one epoch only, which does not count.
 */
public final class FrontierSpeed {

  private FrontierSpeed() {}

  /**
   * @param args another data set, if any
   */
  public static void main(String[] args) throws IOException {
    RetrievalDataset data = Datasets.open(args.length > 0 ? args[0] : "java-api");
    try (Encoder model =
        StaticEmbeddingTrainer.builder()
            .name("matryoshka")
            .texts(data.corpus().contents())
            .matryoshka(256, 64, 16)
            .epochs(1)
            .seed(42)
            .train(TrainingPairs.of(data, "train"))) {
      Workload workload = Workload.of(model, data, "dev");
      Path folder = Files.createTempDirectory("frontier");
      Path journal = folder.resolve("journal.jsonl");
      long start = System.nanoTime();
      FrontierResult result = frontier(workload, journal);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "frontier: %d settings, %,d documents, %,d queries%n",
          result.points().size(), workload.documents().length, workload.queries().length);
      System.out.printf(java.util.Locale.ROOT, "SECONDS %.1f%n", seconds);
      Files.deleteIfExists(journal);
      Files.delete(folder);
    }
  }

  private static FrontierResult frontier(Workload workload, Path journal) {
    return Frontier.of(workload)
        .reducer(Reducer.TRUNCATION)
        .dimensions(256, 128, 64, 32)
        .recipes(
            Recipe.flat(),
            Recipe.flat(ElementType.FLOAT16),
            Recipe.int8(),
            Recipe.pq(4),
            Recipe.flat(ElementType.BIT),
            Recipe.binaryRescored(4),
            Recipe.ivf(128, 16))
        .journal(journal)
        .run();
  }
}
