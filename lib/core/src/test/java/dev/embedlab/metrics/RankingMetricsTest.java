package dev.embedlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.data.Ranking;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers checked by hand: ranks 1 and 3 of four hits are relevant, a third one was not found. */
class RankingMetricsTest {

  private static final JudgedRanking RANKING =
      JudgedRanking.of(
          "q",
          new Ranking(List.of("a", "b", "c", "d"), new float[] {4, 3, 2, 1}),
          Map.of("a", 1, "b", 0, "c", 2, "missed", 1));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ndcg@10",
        "ndcg",
        "map",
        "map@2",
        "mrr@10",
        "recall@3",
        "precision@3",
        "hit_rate@1",
        "f1@3",
        "r_precision",
        "bpref"
      })
  void explanationHasTheValueOfTheScore(String name) {
    RankingMetric metric = RankingMetrics.parse(name);
    assertThat(metric.name()).isEqualTo(name);
    assertThat(metric.explain(RANKING).value()).isEqualTo(metric.score(RANKING), within(1e-15));
    assertThat(metric.score(RANKING)).isPositive();
  }

  @Test
  void ndcgUsesLinearGains() {
    double dcg = 1 + 2 / 2.0;
    double ideal = 2 + 1 / (Math.log(3) / Math.log(2)) + 1 / 2.0;
    assertThat(new Ndcg(10).score(RANKING)).isEqualTo(dcg / ideal, within(1e-15));
  }

  @Test
  void ndcgExplanationAddsUp() {
    Explanation explained = new Ndcg(10).explain(RANKING);
    for (Explanation part : explained.details()) {
      assertThat(part.sumOfDetails()).isEqualTo(part.value());
    }
    assertThat(explained.toString()).contains("2 / log2(3 + 1), document 'c' at rank 3");
  }

  @Test
  void averagePrecisionDividesByAllRelevant() {
    assertThat(AveragePrecision.uncut().score(RANKING)).isEqualTo((1 + 2 / 3.0) / 3, within(1e-15));
  }

  @Test
  void countsAtCutoffs() {
    assertThat(new ReciprocalRank(10).score(RANKING)).isEqualTo(1);
    assertThat(new Recall(3).score(RANKING)).isEqualTo(2 / 3.0);
    assertThat(new Precision(10).score(RANKING)).isEqualTo(0.2);
    assertThat(new RPrecision().score(RANKING)).isEqualTo(2 / 3.0);
    assertThat(new RankingF1(3).score(RANKING)).isEqualTo(2 / 3.0, within(1e-15));
    assertThat(new HitRate(1).score(RANKING)).isEqualTo(1);
  }

  @Test
  void bprefIgnoresTheUnjudged() {
    // 'a' has none above it, 'c' has the judged 'b' above it: min(1, 3) / min(1, 3) = 1.
    assertThat(new BinaryPreference().score(RANKING)).isEqualTo(1 / 3.0, within(1e-15));
  }

  @Test
  void tiesGoByDescendingBytesOfTheId() {
    // U+FFFD is one UTF-16 unit above surrogates, but fewer UTF-8 bytes than the emoji.
    String emoji = "\ud83d\ude00";
    Ranking tied = new Ranking(List.of("a", "\ufffd", emoji, "b"), new float[] {1, 1, 1, 2});
    assertThat(TrecOrder.ids(tied)).containsExactly("b", emoji, "\ufffd", "a");
  }

  @Test
  void queriesWithoutRelevantDocumentsScoreZero() {
    JudgedRanking none =
        JudgedRanking.of("q", new Ranking(List.of("a"), new float[] {1}), Map.of("a", 0, "b", -2));
    for (String name : List.of("ndcg@10", "map", "mrr", "recall@5", "r_precision", "bpref")) {
      assertThat(RankingMetrics.parse(name).score(none)).isZero();
    }
  }

  @Test
  void refusesWhatCannotBeRanked() {
    assertThatThrownBy(
            () ->
                JudgedRanking.of(
                    "q7", new Ranking(List.of("a", "a"), new float[] {2, 1}), Map.of()))
        .hasMessage("Query 'q7' lists the document 'a' twice; keep its best score only.");
    assertThatThrownBy(() -> TrecOrder.ids(new Ranking(List.of("a"), new float[] {Float.NaN})))
        .hasMessageContaining("'a' at rank 1 has the score NaN");
    assertThatThrownBy(() -> new Ndcg(0)).hasMessage("The cutoff k must be at least 1, but is 0.");
    assertThatThrownBy(() -> RankingMetrics.parse("nDGC@10")).hasMessageContaining("ndcg@k");
    assertThatThrownBy(() -> RankingMetrics.parse("precision"))
        .hasMessageContaining("'precision@10'");
  }
}
