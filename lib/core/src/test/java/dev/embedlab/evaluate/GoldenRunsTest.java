package dev.embedlab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.GoldenFile;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import dev.embedlab.evaluate.RetrievalEvaluator.Unanswered;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Fifty runs of twenty queries each from the golden rankings; every third query is not answered,
 * and every seventh answer is to a query that nobody judged.
 */
class GoldenRunsTest {

  private static final int QUERIES = 20;
  private static final List<String> METRICS = List.of("ndcg@10", "map@100", "recall@3", "mrr@10");

  @Test
  void missingQueriesAreLeftOutOrCountZero() throws IOException {
    JsonNode cases = GoldenFile.cases("rankings.json");
    for (int from = 0; from + QUERIES <= cases.size(); from += QUERIES) {
      compare(cases, from);
    }
    assertThat(cases.size()).isEqualTo(1000);
  }

  private static void compare(JsonNode cases, int from) {
    Map<String, Ranking> rankings = new LinkedHashMap<>();
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    Map<String, Double> sums = new LinkedHashMap<>();
    int answered = 0;
    for (int q = 0; q < QUERIES; q++) {
      JsonNode one = cases.get(from + q);
      boolean judged = q % 7 != 6;
      if (judged) {
        grades.put("q" + q, GoldenFile.grades(one.get("qrel")));
      }
      if (q % 3 != 2) {
        rankings.put("q" + q, GoldenFile.ranking(one.get("run")));
        answered += judged ? 1 : 0;
        METRICS.forEach(
            metric ->
                sums.merge(
                    metric, judged ? one.get("expected").get(metric).asDouble() : 0, Double::sum));
      }
    }
    Run run = new Run("r", rankings);
    RetrievalEvaluator evaluator =
        RetrievalEvaluator.standard().withMetrics(METRICS.toArray(String[]::new));
    RetrievalResult some =
        evaluator.withUnanswered(Unanswered.LEFT_OUT).evaluate(run, new Qrels(grades));
    RetrievalResult all = evaluator.evaluate(run, new Qrels(grades));
    for (String metric : METRICS) {
      assertThat(some.mean(metric)).isEqualTo(sums.get(metric) / answered, within(1e-12));
      assertThat(all.mean(metric)).isEqualTo(sums.get(metric) / grades.size(), within(1e-12));
    }
  }
}
