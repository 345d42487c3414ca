package dev.embedlab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatisticsTest {

  @Test
  void normalDistributionMatchesTables() {
    assertThat(Normal.cumulative(1.959963984540054)).isEqualTo(0.975, within(1e-15));
    assertThat(Normal.quantile(0.975)).isEqualTo(1.959963984540054, within(1e-13));
    assertThat(Normal.quantile(1e-6)).isEqualTo(-4.753424308822899, within(1e-12));
    assertThat(Normal.cumulative(0)).isEqualTo(0.5, within(1e-15));
  }

  @ParameterizedTest
  @EnumSource(Bootstrap.Method.class)
  void ninetyFivePercentIntervalsHoldTheMeanAboutThatOften(Bootstrap.Method method) {
    Bootstrap bootstrap = new Bootstrap(1000, 0.95, 1, method);
    SplittableRandom random = new SplittableRandom(7);
    int held = 0;
    for (int trial = 0; trial < 400; trial++) {
      double[] sample =
          IntStream.range(0, 60).mapToDouble(i -> Math.pow(random.nextDouble(), 2)).toArray();
      held += bootstrap.mean(sample).contains(1 / 3.0) ? 1 : 0;
    }
    assertThat(held / 400.0).isBetween(0.91, 0.985);
  }

  @Test
  void resamplesAreDrawnFromOneStreamOfNumbers() {
    double[] values = new SplittableRandom(3).doubles(37).toArray();
    SplittableRandom random = new SplittableRandom(42);
    double[] means = new double[1001];
    for (int r = 0; r < means.length; r++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[(int) (((random.nextInt() & 0xffffffffL) * values.length) >>> 32)];
      }
      means[r] = sum / values.length;
    }
    java.util.Arrays.sort(means);
    Interval interval = new Bootstrap(1001, 0.95, 42, Bootstrap.Method.PERCENTILE).mean(values);
    assertThat(interval.low()).isEqualTo(means[25]);
    assertThat(interval.high()).isEqualTo(means[975]);
  }

  @Test
  void bootstrapIsRepeatable() {
    double[] values = {0, 0.5, 1, 1, 0.25, 0.125, 0.75, 0};
    Bootstrap bootstrap = Bootstrap.standard();
    assertThat(bootstrap.mean(values)).isEqualTo(bootstrap.mean(values));
    assertThat(bootstrap.withSeed(1).mean(values)).isNotEqualTo(bootstrap.mean(values));
    assertThat(bootstrap.mean(new double[] {0.5, 0.5})).hasToString("0.500 [0.500, 0.500]");
  }

  @Test
  void fewQueriesAreTestedExactly() {
    // Five differences of one sign: 2 of the 32 sign patterns are as extreme.
    double[] a = {1, 1, 1, 1, 1, 0.5};
    double[] b = {0, 0, 0, 0, 0, 0.5};
    assertThat(RandomizationTest.standard().pValue(a, b)).isEqualTo(2 / 32.0);
    assertThat(RandomizationTest.standard().pValue(a, a)).isEqualTo(1);
  }

  @Test
  void randomFlipsApproachTheExactValue() {
    // 20 differences, 15 of +1 and 5 of -1: the sign test, p = P(|S| >= 10) = 0.04138947.
    double[] a = IntStream.range(0, 20).mapToDouble(i -> i < 15 ? 1 : 0).toArray();
    double[] b = IntStream.range(0, 20).mapToDouble(i -> i < 15 ? 0 : 1).toArray();
    assertThat(RandomizationTest.standard().pValue(a, b)).isEqualTo(0.0413895, within(0.002));
  }

  @Test
  void nullDifferencesAreRarelySignificant() {
    SplittableRandom random = new SplittableRandom(3);
    RandomizationTest test = new RandomizationTest(2000, 5);
    int significant = 0;
    for (int trial = 0; trial < 400; trial++) {
      double[] a = random.doubles(50).toArray();
      double[] b = random.doubles(50).toArray();
      significant += test.pValue(a, b) < 0.05 ? 1 : 0;
    }
    assertThat(significant / 400.0).isBetween(0.02, 0.085);
  }

  @Test
  void holmStepsDown() {
    assertThat(HolmCorrection.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
  }

  @Test
  void refusesUnequalSides() {
    assertThatThrownBy(() -> RandomizationTest.standard().pValue(new double[2], new double[3]))
        .hasMessageContaining("there are 2 and 3");
    assertThatThrownBy(() -> Bootstrap.standard().mean(new double[0]))
        .hasMessage("At least 1 values are needed, but there are 0.");
    assertThatThrownBy(() -> new Bootstrap(10, 0.95, 1, Bootstrap.Method.BCA))
        .hasMessageContaining("at least 100 resamples, but was given 10");
  }
}
