package dev.embedlab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Against the SciPy values of {@code src/test/python/golden_metrics.py}. */
class GoldenTestsTest {

  private static JsonNode golden(String part) throws IOException {
    try (InputStream in = GoldenTestsTest.class.getResourceAsStream("/golden/tests.json")) {
      return new ObjectMapper().readTree(in).get("cases").get(part);
    }
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  @Test
  void pairedTestsMatchSciPy() throws IOException {
    for (JsonNode one : golden("paired")) {
      double[] a = doubles(one.get("a"));
      double[] b = doubles(one.get("b"));
      assertThat(new PairedTTest().pValue(a, b)).isEqualTo(one.get("t").asDouble(), within(1e-12));
      assertThat(new WilcoxonTest().pValue(a, b))
          .as("%d pairs", a.length)
          .isEqualTo(one.get("wilcoxon").asDouble(), within(1e-10));
    }
  }

  @Test
  void randomisationAgreesWithTheTTest() throws IOException {
    for (JsonNode one : golden("paired")) {
      double[] a = doubles(one.get("a"));
      if (a.length >= 50) {
        assertThat(RandomizationTest.standard().pValue(a, doubles(one.get("b"))))
            .isEqualTo(one.get("t").asDouble(), within(0.05));
      }
    }
  }

  @Test
  void bcaIntervalsMatchSciPyWithinResamplingNoise() throws IOException {
    for (JsonNode one : golden("bca")) {
      Interval interval = Bootstrap.standard().mean(doubles(one.get("x")));
      assertThat(interval.low()).isEqualTo(one.get("low").asDouble(), within(0.003));
      assertThat(interval.high()).isEqualTo(one.get("high").asDouble(), within(0.003));
    }
  }

  @Test
  void sampleSizeFindsTheDifferenceItPromises() {
    SampleSize size = new SampleSize(0.3, 0.05, 0.8);
    assertThat(size.queriesFor(0.05)).isEqualTo(283);
    assertThat(size.detectableWith(283)).isEqualTo(0.05, within(1e-4));
    assertThat(size.advice(100, 0.05)).contains("0.084").contains("0.050 needs 283");
    assertThat(size.advice(300, 0.05)).isEmpty();
  }

  @Test
  void effectSizeHasWords() {
    assertThat(EffectSize.of(new double[] {1, 2, 3}, new double[] {0, 0, 0}).value()).isEqualTo(2);
    assertThat(new EffectSize(-0.3).inWords()).isEqualTo("small");
  }

  @Test
  void rankIntervalsOverlapForTwins() {
    double[] base = IntStream.range(0, 100).mapToDouble(i -> i % 7 / 7.0).toArray();
    double[] twin = IntStream.range(0, 100).mapToDouble(i -> (i + 3) % 7 / 7.0).toArray();
    double[] low = IntStream.range(0, 100).mapToDouble(i -> i % 7 / 20.0).toArray();
    RankIntervals ranks =
        RankIntervals.of(new double[][] {base, twin, low}, Bootstrap.standard().withResamples(500));
    assertThat(ranks.best()).containsExactly(1, 1, 3);
    assertThat(ranks.worst()).containsExactly(2, 2, 3);
  }
}
