package dev.embedlab.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.encode.KeywordEncoder;
import dev.embedlab.evaluate.RetrievalEvaluator;
import dev.embedlab.evaluate.RetrievalResult;
import dev.embedlab.search.DenseRetriever;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InspectorsTest {

  private static final String LONG =
      "The quick brown fox jumps over the lazy dog near the river bank every single morning";

  private static final RetrievalDataset DATA =
      new RetrievalDataset(
          "fruit",
          new Corpus(
              List.of(
                  new Document("1", "", "a red apple"),
                  new Document("2", "", "A red apple!"),
                  new Document("3", "", "the sky"))),
          new Queries(List.of(new Query("a", "red apple"), new Query("b", "blue sky"))),
          Map.of("test", new Qrels(Map.of("a", Map.of("1", 1), "b", Map.of("3", 1)))));

  private static RetrievalResult result() {
    try (DenseRetriever retriever =
        DenseRetriever.of(new KeywordEncoder("red", "apple", "sky"), DATA.corpus())) {
      return RetrievalEvaluator.standard().evaluate(retriever, DATA, "test");
    }
  }

  @Test
  void failedQueriesTellWhatCameInstead() {
    FailedQueries failed =
        FailedQueries.of(result(), DATA, "test", "mrr@10", 1, String::length, 11);
    FailedQueries.Failure failure = failed.failures().getFirst();
    // The tie of 1 and 2 goes to the larger id, so that the relevant 1 is second.
    assertThat(failure.query().id()).isEqualTo("a");
    assertThat(failure.value()).isEqualTo(0.5);
    assertThat(failure.wanted().getFirst().sharedTerms()).containsExactly("red", "apple");
    assertThat(failure.wanted().getFirst().truncated()).isFalse();
    FailedQueries.Hit twin =
        failure.instead().stream().filter(h -> h.document().id().equals("2")).findFirst().get();
    assertThat(twin.duplicate()).isTrue();
    assertThat(twin.truncated()).isTrue();
    assertThat(failed.toString()).contains("repeats a relevant document");
  }

  @Test
  void leaksAreCountedUnderTheStrictestKind() {
    LeakAudit audit =
        LeakAudit.between(
            List.of(LONG, "Hello, World!", "something else entirely"),
            List.of(LONG, "hello world", LONG.replace("lazy", "lazier"), "never seen before"));
    assertThat(audit.count(LeakAudit.Kind.EXACT)).isEqualTo(1);
    assertThat(audit.count(LeakAudit.Kind.NORMALISED)).isEqualTo(1);
    assertThat(audit.count(LeakAudit.Kind.NEAR)).isEqualTo(1);
    assertThat(audit.share()).isEqualTo(0.75);
    assertThat(audit.toString()).startsWith("3 of 4 test texts were seen in training (75.0 %)");
  }

  @Test
  void twinsOfRelevantDocumentsAreMissingJudgements() {
    MissingJudgements missing = MissingJudgements.in(DATA, "test", new NearDuplicates(0.9));
    assertThat(missing.found()).containsExactly(new MissingJudgements.Missing("a", "1", "2", 1.0));
  }

  @Test
  void vectorSpaceKnowsConesAndHubs() {
    SplittableRandom random = new SplittableRandom(1);
    float[][] round = new float[300][8];
    float[][] cone = new float[300][8];
    for (int i = 0; i < 300; i++) {
      for (int j = 0; j < 8; j++) {
        round[i][j] = (float) random.nextGaussian();
        cone[i][j] = round[i][j] + 5;
      }
    }
    assertThat(VectorSpace.of(round).meanCosine()).isEqualTo(0, within(0.05));
    assertThat(VectorSpace.of(cone).meanCosine()).isGreaterThan(0.9);
    assertThat(VectorSpace.of(round).toString()).contains("hubness");
    assertThatThrownBy(() -> VectorSpace.of(new float[5][2]))
        .hasMessage("10 neighbours need more vectors than 5.");
  }

  @Test
  void thresholdsSplitRelevantFromOthers() {
    ScoreDistribution scores =
        new ScoreDistribution(new double[] {0.9, 0.8, 0.4}, new double[] {0.5, 0.3, 0.2, 0.1});
    assertThat(scores.separation()).isEqualTo(11 / 12.0, within(1e-12));
    assertThat(scores.threshold().f1Threshold()).isEqualTo(0.35, within(1e-12));
    assertThat(scores.thresholdFor(1)).isEqualTo(0.8);
    assertThat(scores.thresholdFor(0.7)).isEqualTo(0.4);
  }
}
