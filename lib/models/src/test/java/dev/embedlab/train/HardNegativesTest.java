package dev.embedlab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.Run;
import dev.embedlab.search.PairScorer;
import dev.embedlab.search.Retriever;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HardNegativesTest {

  /** q1 is answered by a and b, q2 by c. */
  private static final RetrievalDataset DATA =
      new RetrievalDataset(
          "toy",
          new Corpus(
              List.of("a", "b", "c", "d", "e").stream()
                  .map(id -> new Document(id, "", "text " + id))
                  .toList()),
          new Queries(List.of(new Query("q1", "one"), new Query("q2", "two"))),
          Map.of("train", new Qrels(Map.of("q1", Map.of("a", 1, "b", 1), "q2", Map.of("c", 2)))));

  private static final Retriever FIXED =
      new Retriever() {
        @Override
        public String name() {
          return "fixed";
        }

        @Override
        public Run retrieve(Queries queries, int k) {
          return new Run(
              "fixed",
              Map.of(
                  "q1", ranking(List.of("d", "a", "e", "b", "c"), 10f, 9f, 8.9f, 8f, 1f),
                  "q2", ranking(List.of("c", "d", "e"), 5f, 2f, 1f)));
        }
      };

  private static Ranking ranking(List<String> ids, float... scores) {
    return new Ranking(ids, scores);
  }

  private static List<String> negativesOf(
      HardNegatives.Mined mined, String query, String positive) {
    return mined.examples().stream()
        .filter(e -> e.texts().get(0).equals(query) && e.texts().get(1).equals(positive))
        .findFirst()
        .map(e -> e.texts().subList(2, e.texts().size()))
        .orElse(List.of());
  }

  @Test
  void takesTheHighestDocumentsThatNobodyLabelled() {
    var mined = HardNegatives.builder().relativeMargin(0).perPair(2).mine(FIXED, DATA, "train");
    assertThat(negativesOf(mined, "one", "text a")).containsExactly("text d", "text e");
    assertThat(negativesOf(mined, "two", "text c")).containsExactly("text d", "text e");
    assertThat(mined.pairs()).isEqualTo(3);
    assertThat(mined.tooNear()).isZero();
  }

  @Test
  void leavesOutCandidatesTooNearThePositive() {
    var mined = HardNegatives.builder().relativeMargin(0.05).mine(FIXED, DATA, "train");
    // 95 % of a's 9 is 8.55: d (10) and e (8.9) are too near, c (1) is not.
    assertThat(negativesOf(mined, "one", "text a")).containsExactly("text c");
    assertThat(mined.tooNear()).isEqualTo(4);
    var absolute =
        HardNegatives.builder().relativeMargin(0).absoluteMargin(3.5).mine(FIXED, DATA, "train");
    assertThat(negativesOf(absolute, "two", "text c")).containsExactly("text e");
  }

  @Test
  void leavesOutWhatTheGuardTakesForAnAnswer() {
    PairScorer guard =
        PairScorer.of(
            "guard",
            (query, text) -> text.equals("text d") ? 0.8 : text.equals("text e") ? 0.1 : 0.9);
    var mined =
        HardNegatives.builder().relativeMargin(0).guard(guard, 0.2).mine(FIXED, DATA, "train");
    assertThat(negativesOf(mined, "one", "text a")).containsExactly("text e");
    assertThat(negativesOf(mined, "two", "text c")).containsExactly("text e");
  }

  @Test
  void takesNothingBelowTheLastRank() {
    var mined = HardNegatives.builder().relativeMargin(0).ranks(3, 4).perPair(2).build();
    assertThat(mined.mine(FIXED, DATA, "train").examples()).isEmpty();
  }

  @Test
  void skipsTheFirstRanks() {
    var mined = HardNegatives.builder().relativeMargin(0).ranks(3, 5).mine(FIXED, DATA, "train");
    assertThat(negativesOf(mined, "one", "text a")).containsExactly("text e");
  }

  @Test
  void reportsPairsWithoutEnoughNegatives() {
    var mined = HardNegatives.builder().relativeMargin(0).perPair(3).mine(FIXED, DATA, "train");
    assertThat(mined.withoutEnough()).isEqualTo(1);
    assertThat(mined.report()).startsWith("2 of 3 pairs got negatives").contains("negative text d");
  }

  /** d says what a says, and e2 what e says. */
  @Test
  void takesNoTextTwiceAndNoneOfARightAnswer() {
    Map<String, String> texts = Map.of("a", "A", "d", "A", "e", "E", "e2", "E", "f", "F");
    RetrievalDataset data =
        new RetrievalDataset(
            "copies",
            new Corpus(
                texts.entrySet().stream()
                    .map(e -> new Document(e.getKey(), "", e.getValue()))
                    .toList()),
            new Queries(List.of(new Query("q", "query"))),
            Map.of("train", new Qrels(Map.of("q", Map.of("a", 1)))));
    List<String> order = List.of("d", "a", "e", "e2", "f");
    int[] asked = new int[1];
    Retriever retriever =
        new Retriever() {
          @Override
          public String name() {
            return "copies";
          }

          @Override
          public Run retrieve(Queries queries, int k) {
            asked[0] = k;
            return new Run("copies", Map.of("q", ranking(order, 5, 4, 3, 2, 1)));
          }
        };
    var mined =
        HardNegatives.builder()
            .ranks(1, Integer.MAX_VALUE)
            .perPair(2)
            .mine(retriever, data, "train");
    assertThat(negativesOf(mined, "query", "A")).containsExactly("E", "F");
    assertThat(mined.tooNear()).isZero();
    assertThat(asked[0]).isEqualTo(5);
  }

  @Test
  void saysWhatIsWrongWithTheRanksAndMargins() {
    assertThatThrownBy(() -> HardNegatives.builder().ranks(5, 2).build())
        .hasMessageContaining("ranks 5 to 2");
    for (double margin : new double[] {-0.1, 1.5, Double.NaN}) {
      assertThatThrownBy(() -> HardNegatives.builder().relativeMargin(margin).build())
          .hasMessage("relativeMargin must be a share from 0 to 1, but is %s.".formatted(margin));
    }
    assertThatThrownBy(() -> HardNegatives.builder().absoluteMargin(Double.NaN).build())
        .hasMessage("absoluteMargin must be a finite number, but is NaN.");
  }
}
