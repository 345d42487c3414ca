package dev.embedlab.chart;

import java.util.DoubleSummaryStatistics;
import java.util.Set;
import java.util.stream.Stream;
import org.knowm.xchart.style.AxesChartStyler;

/**
 * Which ticks of a logarithmic axis have a number. XChart marks 1, 2, 3 ... 9 of every decade and
 * would write all nine, the last of them over each other.
 *
 * @param digits leading digits that are written
 */
record LogTicks(Set<Integer> digits) {

  static LogTicks of(Stream<Double> values) {
    DoubleSummaryStatistics range = values.mapToDouble(Double::doubleValue).summaryStatistics();
    double decades = Math.log10(range.getMax() / range.getMin());
    if (decades <= 0.9) {
      return new LogTicks(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
    }
    if (decades <= 1.5) {
      return new LogTicks(Set.of(1, 2, 3, 4, 6));
    }
    return new LogTicks(decades <= 3.2 ? Set.of(1, 2, 5) : Set.of(1));
  }

  void forX(AxesChartStyler styler) {
    styler.setXAxisLogarithmic(true).setXAxisLogarithmicDecadeOnly(false);
    styler.setXAxisTickLabelsFormattingFunction(this::label);
  }

  void forY(AxesChartStyler styler) {
    styler.setYAxisLogarithmic(true).setYAxisLogarithmicDecadeOnly(false);
    styler.setYAxisTickLabelsFormattingFunction(this::label);
  }

  /** The number of a tick, or a space, which XChart can measure where it cannot measure "". */
  String label(double tick) {
    double digit = tick / Math.pow(10, Math.floor(Math.log10(tick) + 1e-9));
    return digits.contains((int) Math.rint(digit)) ? number(tick) : " ";
  }

  private static String number(double tick) {
    return tick >= 1
        ? "%,d".formatted(Math.round(tick))
        : java.math.BigDecimal.valueOf(tick)
            .round(new java.math.MathContext(3))
            .stripTrailingZeros()
            .toPlainString();
  }
}
