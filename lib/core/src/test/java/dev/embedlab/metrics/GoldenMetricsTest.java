package dev.embedlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.GoldenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against the values of {@code src/test/python/golden_metrics.py}. */
class GoldenMetricsTest {

  @Test
  void thousandRandomRunsScoreAsTrecEval() throws IOException {
    int compared = 0;
    for (JsonNode one : GoldenFile.cases("rankings.json")) {
      JudgedRanking judged =
          JudgedRanking.of(
              "q", GoldenFile.ranking(one.get("run")), GoldenFile.grades(one.get("qrel")));
      List<String> order = new ArrayList<>();
      for (int i = 0; i < judged.size(); i++) {
        order.add(judged.documentId(i));
      }
      assertThat(order).isEqualTo(texts(one.get("order")));
      for (Map.Entry<String, JsonNode> expected : one.get("expected").properties()) {
        RankingMetric metric = RankingMetrics.parse(expected.getKey());
        assertThat(metric.score(judged))
            .as("%s of %s", metric.name(), one)
            .isEqualTo(expected.getValue().asDouble(), within(1e-12));
        assertThat(metric.explain(judged).value()).isEqualTo(metric.score(judged), within(1e-12));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(26_000);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Test
  void abstentionCurvesMatchNumPy() throws IOException {
    for (JsonNode one : GoldenFile.cases("abstention.json")) {
      double[] confidence = GoldenFile.doubles(one.get("confidence"));
      double[] values = GoldenFile.doubles(one.get("values"));
      assertThat(AbstentionAuc.of(confidence, values))
          .as("%d queries", values.length)
          .isEqualTo(one.get("expected").asDouble(), within(1e-9));
    }
  }

  @Test
  void correlationsMatchSciPy() throws IOException {
    for (JsonNode one : GoldenFile.cases("series.json")) {
      for (Correlation metric : List.of(new Spearman(), new Pearson(), new Kendall())) {
        JsonNode expected = one.get(metric.name());
        double actual = metric.score(doubles(one.get("x")), doubles(one.get("y")));
        if (expected.isNull()) {
          assertThat(actual).isNaN();
        } else {
          assertThat(actual).as(metric.name()).isEqualTo(expected.asDouble(), within(1e-12));
        }
      }
    }
  }

  @Test
  void binaryMetricsMatchScikitLearn() throws IOException {
    for (JsonNode one : GoldenFile.cases("series.json")) {
      boolean[] positive = booleans(one.get("positive"));
      for (BinaryMetric metric : List.of(new PrecisionRecallAuc(), new RocAuc())) {
        assertThat(metric.score(doubles(one.get("y")), positive))
            .as(metric.name())
            .isEqualTo(one.get(metric.name()).asDouble(), within(1e-12));
      }
    }
  }

  @Test
  void labelMetricsMatchScikitLearn() throws IOException {
    List<LabelMetric> metrics = new ArrayList<>(List.of(new Accuracy(), new VMeasure()));
    for (F1.Part part : F1.Part.values()) {
      for (F1.Average average : F1.Average.values()) {
        metrics.add(new F1(part, average));
      }
    }
    for (JsonNode one : GoldenFile.cases("series.json")) {
      for (LabelMetric metric : metrics) {
        assertThat(metric.score(ints(one.get("truth")), ints(one.get("predicted"))))
            .as(metric.name())
            .isEqualTo(one.get(metric.name()).asDouble(), within(1e-12));
      }
    }
  }

  @Test
  void multilabelScoresMatchScikitLearn() throws IOException {
    Offset<Double> exact = within(1e-12);
    for (JsonNode one : GoldenFile.cases("series.json")) {
      MultilabelScores scores = MultilabelScores.of(rows(one.get("many")), rows(one.get("guess")));
      assertThat(scores.accuracy()).isEqualTo(one.get("ml_accuracy").asDouble(), exact);
      assertThat(scores.f1()).isEqualTo(one.get("ml_f1").asDouble(), exact);
      assertThat(scores.lrap()).isEqualTo(one.get("ml_lrap").asDouble(), exact);
      assertThat(scores.hamming()).isEqualTo(one.get("ml_hamming").asDouble(), exact);
    }
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  private static boolean[] booleans(JsonNode array) {
    boolean[] values = new boolean[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asInt() == 1;
    }
    return values;
  }

  private static boolean[][] rows(JsonNode array) {
    boolean[][] rows = new boolean[array.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = booleans(array.get(i));
    }
    return rows;
  }

  @Test
  void bestThresholdWalksDownTheScores() {
    BestThreshold best =
        BestThreshold.of(
            new double[] {0.9, 0.8, 0.7, 0.6}, new boolean[] {true, false, true, false});
    assertThat(best.accuracy()).isEqualTo(0.75);
    assertThat(best.f1()).isEqualTo(0.8, within(1e-15));
    assertThat(best.f1Threshold()).isEqualTo(0.65, within(1e-15));
    assertThat(best.recall()).isEqualTo(1);
  }
}
