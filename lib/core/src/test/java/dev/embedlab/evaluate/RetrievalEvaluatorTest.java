package dev.embedlab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.data.Qrels;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import dev.embedlab.evaluate.RetrievalEvaluator.IdenticalIds;
import dev.embedlab.evaluate.RetrievalEvaluator.Unanswered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetrievalEvaluatorTest {

  private static final Qrels QRELS =
      new Qrels(Map.of("q1", Map.of("a", 1), "q2", Map.of("b", 1), "q3", Map.of("c", 1)));
  private static final Run RUN =
      new Run(
          "sys",
          Map.of(
              "q1", new Ranking(List.of("a", "b"), new float[] {2, 1}),
              "q2", new Ranking(List.of("a", "b"), new float[] {2, 1})));

  @Test
  void unansweredQueriesCountZeroAndAreNamed() {
    RetrievalResult result = RetrievalEvaluator.standard().evaluate(RUN, QRELS);
    assertThat(result.mean("mrr@10")).isEqualTo(1.5 / 3, within(1e-12));
    assertThat(result.unansweredQueries()).isEqualTo(1);
    assertThat(result.toString()).contains("1 queries were not answered");
  }

  @Test
  void orAreLeftOut() {
    RetrievalResult result =
        RetrievalEvaluator.standard().withUnanswered(Unanswered.LEFT_OUT).evaluate(RUN, QRELS);
    assertThat(result.queries()).isEqualTo(2);
    assertThat(result.mean("mrr@10")).isEqualTo(0.75, within(1e-12));
  }

  @Test
  void dropsIdenticalIdsWhereTheTaskSaysSo() {
    Run run = new Run("self", Map.of("q", new Ranking(List.of("q", "d"), new float[] {2, 1})));
    Qrels qrels = new Qrels(Map.of("q", Map.of("d", 1)));
    RetrievalEvaluator evaluator = RetrievalEvaluator.standard().withMetrics("mrr@10");
    assertThat(evaluator.evaluate(run, qrels).mainScore()).isEqualTo(0.5);
    assertThat(evaluator.withIdenticalIds(IdenticalIds.DROPPED).evaluate(run, qrels).mainScore())
        .isEqualTo(1);
  }

  @Test
  void saysWhenNothingMatches() {
    Run other = new Run("other", Map.of("x", RUN.of("q1")));
    assertThatThrownBy(
            () ->
                RetrievalEvaluator.standard()
                    .withUnanswered(Unanswered.LEFT_OUT)
                    .evaluate(other, QRELS))
        .hasMessageContaining("share no query id; the run has for example 'x'");
  }

  @Test
  void namesTiesAndRanks() {
    List<PerQueryScores> systems =
        List.of(noisy("good", 0.6, 1), noisy("twin", 0.6, 2), noisy("bad", 0.2, 3));
    Comparison comparison = Comparison.of("ndcg@10", systems);
    assertThat(comparison.tie("good", "twin")).isTrue();
    assertThat(comparison.tie("good", "bad")).isFalse();
    assertThat(comparison.rank("good")).hasToString("1-2");
    assertThat(comparison.rank("bad")).hasToString("3");
    assertThat(comparison.toString()).contains("tie with").contains("beats bad");
  }

  private static PerQueryScores noisy(String name, double mean, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values =
        IntStream.range(0, 200)
            .mapToDouble(i -> mean + 0.4 * (random.nextDouble() - 0.5))
            .toArray();
    Map<String, double[]> perQuery = new LinkedHashMap<>();
    perQuery.put("ndcg@10", values);
    List<String> ids = IntStream.range(0, 200).mapToObj(i -> "q" + i).toList();
    return PerQueryScores.of(
        name, ids, perQuery, dev.embedlab.statistics.Bootstrap.standard().withResamples(500));
  }

  @Test
  void refusesSystemsOnOtherQueries() {
    RetrievalEvaluator evaluator = RetrievalEvaluator.standard();
    RetrievalResult all = evaluator.evaluate(RUN, QRELS);
    RetrievalResult some = evaluator.withUnanswered(Unanswered.LEFT_OUT).evaluate(RUN, QRELS);
    assertThatThrownBy(() -> Comparison.of("ndcg@10", all, some))
        .hasMessageContaining("not measured on the same queries");
  }
}
