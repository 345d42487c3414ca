package dev.embedlab.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;

/** Writes the labels of points into a picture, those that fit. */
final class PointNames {

  /** Sizes of a letter and of the gap to its point, in shares of the plot. */
  private static final double LETTER_WIDTH = 0.0085;

  private static final double LINE_HEIGHT = 0.034;
  private static final double GAP = 0.027;

  private PointNames() {}

  static void write(XYChart chart, List<XyChart.Series> series) {
    chart.getStyler().setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    chart.getStyler().setAnnotationTextFontColor(new Color(0x333333));
    DoubleSummaryStatistics x =
        series.stream()
            .flatMap(s -> s.x().stream())
            .mapToDouble(Double::doubleValue)
            .summaryStatistics();
    DoubleSummaryStatistics y =
        series.stream()
            .flatMap(s -> s.y().stream())
            .mapToDouble(Estimate::value)
            .summaryStatistics();
    double width = Math.max(1e-12, x.getMax() - x.getMin());
    double height = Math.max(1e-12, y.getMax() - y.getMin());
    List<Rectangle2D> taken = new ArrayList<>();
    for (XyChart.Series s : series) {
      for (int i = 0; i < s.labels().size(); i++) {
        double up = s.y().get(i).value() + GAP * height;
        if (take(taken, s.x().get(i) / width, up / height, s.labels().get(i))) {
          chart.addAnnotation(new AnnotationText(s.labels().get(i), s.x().get(i), up, false));
        }
      }
    }
  }

  /** Whether the place is free, which it then no longer is. */
  private static boolean take(List<Rectangle2D> taken, double x, double y, String text) {
    double wide = text.length() * LETTER_WIDTH;
    var place = new Rectangle2D.Double(x - wide / 2, y - LINE_HEIGHT / 2, wide, LINE_HEIGHT);
    if (text.isBlank() || taken.stream().anyMatch(place::intersects)) {
      return false;
    }
    return taken.add(place);
  }
}
