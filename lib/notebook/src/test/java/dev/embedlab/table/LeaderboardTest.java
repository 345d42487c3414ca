package dev.embedlab.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.chart.XyChart;
import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.Query;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import dev.embedlab.evaluate.RetrievalEvaluator;
import dev.embedlab.evaluate.RetrievalResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class LeaderboardTest {

  private static final int QUERIES = 60;

  /** Each of the queries has the one answer {@code yes}. */
  private static final Qrels QRELS = qrels();

  private static final RetrievalResult GOOD = result("good", 50);
  private static final RetrievalResult FAIR = result("fair", 49);
  private static final RetrievalResult BAD = result("bad", 10);

  private static final Leaderboard BOARD =
      Leaderboard.by("ndcg@10").add(BAD, 10).add(GOOD, 30).add(FAIR, 20);

  @Test
  void ranksSystemsAndAdmitsTies() {
    Table table = BOARD.table();
    assertThat(table.stringColumn("system").asList()).containsExactly("good", "fair", "bad");
    assertThat(table.stringColumn("rank").asList()).containsExactly("1-2", "1-2", "3");
    assertThat(table.doubleColumn("ndcg@10").get(0)).isEqualTo(50.0 / QUERIES);
    assertThat(table.doubleColumn("bytes/document").asList()).containsExactly(30.0, 20.0, 10.0);
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    Table runs = Leaderboard.by("ndcg@10").add(GOOD).add(BAD).table();
    assertThat(runs.columnNames()).doesNotContain("queries/s", "bytes/document");
    Table half = Leaderboard.by("ndcg@10").add(GOOD, 30).add(BAD).table();
    assertThat(half.doubleColumn("bytes/document").isMissing(1)).isTrue();
  }

  @Test
  void aLineOfScoresHasTheirIntervals() {
    XyChart.Series line = ScoreLine.of("x", "ndcg@10", new double[] {1, 2}, List.of(BAD, GOOD));
    assertThat(line.x()).containsExactly(1.0, 2.0);
    assertThat(line.y().getLast().value()).isEqualTo(GOOD.mean("ndcg@10"));
    assertThat(line.y().getLast().low()).isEqualTo(GOOD.interval("ndcg@10").low());
    assertThatThrownBy(() -> ScoreLine.of("x", "ndcg@10", new double[] {1}, List.of(BAD, GOOD)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysWhichDifferencesAreReal() {
    assertThat(BOARD.differences().stringColumn("verdict").asList())
        .containsExactlyInAnyOrder("tie", "real", "real");
  }

  @Test
  void drawsIntervals() {
    assertThat(BOARD.chart().groups().get("").get("good").isExact()).isFalse();
  }

  @Test
  void aDifferenceSharpensWithTheNumberOfQueries() {
    XyChart chart = QueriesNeeded.chart("ndcg@10", GOOD, BAD, 1);
    XyChart.Series line = chart.series().getFirst();
    assertThat(line.x()).containsExactly(10.0, 20.0, 50.0, 60.0);
    assertThat(line.y().getLast().value())
        .isEqualTo(40.0 / QUERIES, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(line.y().getLast().high() - line.y().getLast().low())
        .isLessThan(line.y().getFirst().high() - line.y().getFirst().low());
  }

  @Test
  void resultsStandSideBySideWithTheRightOnesMarked() {
    Corpus corpus =
        new Corpus(
            List.of(new Document("yes", "The <right> one", ""), new Document("no", "", "wrong")));
    SideBySide view =
        SideBySide.of(new Query("q0", "which?"), corpus, QRELS, 2, GOOD.run(), BAD.run());
    assertThat(view.toString())
        .isEqualTo(
            "which?\n  good\n    1. ✔ The <right> one\n    2. \n  bad\n    1. ✔ The <right> one\n    2. ");
    assertThat((String) view.mimeBundle().get("text/html"))
        .contains("&lt;right&gt;", "table-layout:fixed", "overflow-wrap:anywhere");
  }

  private static Qrels qrels() {
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    for (int q = 0; q < QUERIES; q++) {
      grades.put("q" + q, Map.of("yes", 1));
    }
    return new Qrels(grades);
  }

  /** A system that answers the first queries and fails on the rest. */
  private static RetrievalResult result(String name, int answered) {
    Map<String, Ranking> rankings = new LinkedHashMap<>();
    for (int q = 0; q < QUERIES; q++) {
      rankings.put("q" + q, new Ranking(List.of(q < answered ? "yes" : "no"), new float[] {1}));
    }
    return RetrievalEvaluator.standard().evaluate(new Run(name, rankings), QRELS);
  }
}
