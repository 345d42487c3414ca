package dev.embedlab.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The look that all PNG charts share, and their encoding. */
final class Png {

  static final int WIDTH = 900;
  static final int HEIGHT = 450;

  private Png() {}

  static void style(AxesChartStyler styler, boolean legend) {
    styler.setSeriesColors(Palette.colors());
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(new Color(0xE5E5E5));
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendVisible(legend);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setErrorBarsColor(new Color(0x444444));
    styler.setDecimalPattern("#,##0.####");
    styler.setAntiAlias(true);
    styler.setLocale(java.util.Locale.ROOT);
  }

  /** Slants the names of categories that would run into each other. */
  static void fit(List<String> names, AxesChartStyler styler) {
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    int place = (styler.isLegendVisible() ? 640 : 780) / Math.max(1, names.size());
    if (longest * 7 > place) {
      styler.setXAxisLabelRotation(25);
    }
  }

  /**
   * Moves the last point by less than a pixel: XChart puts ticks on points that are equally far
   * apart, say 1, 12, 23, and on round numbers otherwise.
   */
  static void unequal(double[] x) {
    double step = Math.abs(x[x.length - 1] - x[0]) / x.length;
    x[x.length - 1] += Math.max(2e-4, step / 1000);
  }

  static Optional<byte[]> encode(IChart chart) {
    try {
      return Optional.of(ChartEncoder.getBytes(chart, "png"));
    } catch (IOException | InternalError | LinkageError e) {
      // A runtime without fonts cannot draw; the bundle still has Plotly and text.
      return Optional.empty();
    }
  }
}
