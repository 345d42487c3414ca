package dev.embedlab.evaluate.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.LabelledText;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.encode.KeywordEncoder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Numbers that follow from counting shared keywords by hand. */
class KeywordTasksTest {

  private static final KeywordEncoder ENCODER = new KeywordEncoder("red", "green", "apple", "sky");

  private static final RetrievalDataset DATA =
      new RetrievalDataset(
          "fruit",
          new Corpus(
              List.of(
                  new Document("1", "", "a red apple"),
                  new Document("2", "", "a green apple"),
                  new Document("3", "", "the sky"))),
          new Queries(List.of(new Query("a", "green apple"), new Query("b", "red sky"))),
          Map.of("test", new Qrels(Map.of("a", Map.of("1", 1, "2", 2), "b", Map.of("3", 1)))));

  @Test
  void retrievalCanBeCheckedByHand() {
    TaskScores scores = new RetrievalTask(DATA, "test").evaluate(ENCODER);
    // Query a finds 2 (two shared words), then 1: perfect. Query b ties 1 and 3 with one word each;
    // the tie goes to the larger id, 3: perfect too.
    assertThat(scores.mainScore()).isEqualTo(1);
    assertThat(scores.score("precision_at_1")).isEqualTo(1);
    assertThat(scores.score("recall_at_1")).isEqualTo(0.75);
    assertThat(scores.score("mrr_at_10")).isEqualTo(1);
  }

  @Test
  void rerankingScoresOnlyCandidates() {
    RerankingTask task =
        new RerankingTask(
            "rerank", DATA, "test", Map.of("a", List.of("1", "3"), "b", List.of("1", "2")));
    TaskScores scores = task.evaluate(ENCODER);
    // Of a's two relevant documents one is a candidate and first: AP 1/2; b's is not one: 0.
    assertThat(scores.mainScore()).isEqualTo(0.25, within(1e-12));
  }

  @Test
  void zeroShotPicksTheLikestDescription() {
    ZeroShotTask task =
        new ZeroShotTask(
            "colours",
            List.of(
                new LabelledText("red apple", "warm"),
                new LabelledText("green sky", "cold"),
                new LabelledText("red sky", "cold")),
            Map.of("warm", "red", "cold", "green"));
    assertThat(task.evaluate(ENCODER).mainScore()).isEqualTo(2 / 3.0, within(1e-12));
  }
}
