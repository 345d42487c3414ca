package dev.embedlab.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.embedlab.data.BeirFolder;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.Run;
import dev.embedlab.metrics.JudgedRanking;
import dev.embedlab.metrics.Ndcg;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The published anchor: Anserini's BM25 over the flat SciFact index has nDCG@10 0.6789. */
class SciFactBm25Test {

  private static final Path FOLDER =
      Path.of(System.getProperty("embedlab.root"), "..", "shared", "data", "scifact");

  @Test
  void reachesAnserinisFigure() {
    assumeTrue(Files.isDirectory(FOLDER), "SciFact is not at ../shared/data/scifact: skipped");
    RetrievalDataset data = BeirFolder.read(FOLDER);
    Qrels qrels = data.qrels("test");
    try (Bm25 bm25 = Bm25.of(data.corpus())) {
      Run run = bm25.retrieve(data.queries("test"), 1000);
      double mean =
          qrels.queryIds().stream()
              .map(query -> JudgedRanking.of(query, run.of(query), qrels.of(query)))
              .mapToDouble(new Ndcg(10)::score)
              .average()
              .orElseThrow();
      System.out.printf(
          "BM25 on SciFact: nDCG@10 %.4f of %d queries%n", mean, qrels.queryIds().size());
      assertThat(mean).isCloseTo(0.679, within(0.003));
    }
  }
}
