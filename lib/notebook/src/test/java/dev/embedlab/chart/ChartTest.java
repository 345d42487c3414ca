package dev.embedlab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChartTest {

  private static final double[] X = {64, 128, 256};
  private static final double[] Y = {0.3, 0.4, 0.42};
  private static final double[] LOW = {0.28, 0.38, 0.40};
  private static final double[] HIGH = {0.32, 0.42, 0.46};

  private static final double[] STEPS = IntStream.range(1, 333).asDoubleStream().toArray();
  private static final double[] WIDE = {0.02, 1, 30, 4000};

  static final BarChart BARS =
      Chart.bars("Which model is best?", "nDCG@10")
          .bar("BM25", 0.41, 0.40, 0.43)
          .bar("Word2Vec", 0.21, 0.20, 0.22)
          .bar("static", 0.38, 0.37, 0.39);

  static final BarChart GROUPS =
      Chart.bars("Two languages", "tokens per word")
          .bar("English", "bpe", Estimate.exact(1.2))
          .bar("Korean", "bpe", new Estimate(2.4, 2.2, 2.5))
          .bar("English", "word", Estimate.exact(1));

  static final XyChart LINES =
      Chart.lines("Dimensions", "dimensions", "nDCG@10")
          .withLogX()
          .line("PCA", X, Y, LOW, HIGH)
          .line("random", X, LOW);

  static Stream<Chart> charts() {
    return Stream.of(
        BARS,
        GROUPS,
        LINES,
        Chart.scatter("Map", "x", "y").points("words", X, Y, List.of("a", "b", "c")),
        Chart.scatter("Named map", "x", "y")
            .points("words", X, Y, List.of("alpha", "beta", "gamma"))
            .withNames(),
        Chart.lines("Many points", "step", "loss").line("loss", STEPS, STEPS),
        Chart.lines("Milliseconds", "ms", "count").withLogX().withLogY().line("a", WIDE, WIDE),
        Chart.histogram("Scores", "cosine").values("yes", 0.1, 0.5, 0.9).values("no", 0, 0.1, 0.2),
        Chart.heatmap(
            "Cosine", List.of("a", "b"), List.of("c", "d"), new double[][] {{1, 0.2}, {0.3, 1}}));
  }

  @ParameterizedTest
  @MethodSource("charts")
  void everyChartIsPlotlyAndAPictureAndText(Chart chart) throws IOException {
    assertThat(chart.mimeBundle())
        .containsOnlyKeys("application/vnd.plotly.v1+json", "image/png", "text/plain");
    JsonNode figure = new ObjectMapper().valueToTree(chart.plotly());
    assertThat(figure.at("/layout/title/text").asText()).isEqualTo(chart.title());
    assertThat(figure.get("data")).isNotEmpty();
    assertThat(chart.toString()).startsWith(chart.title());
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(chart.png().orElseThrow()));
    assertThat(coloursIn(image)).as("drawn, not blank").isGreaterThan(10);
    keep(chart);
  }

  /** Kept for people to look at. */
  private static void keep(Chart chart) throws IOException {
    Path folder = Files.createDirectories(Path.of("target/charts"));
    String name = chart.title().replaceAll("\\W+", "-") + ".png";
    Files.write(folder.resolve(name), chart.png().orElseThrow());
  }

  private static long coloursIn(BufferedImage image) {
    return Stream.iterate(0, i -> i + 1)
        .limit((long) image.getWidth() * image.getHeight())
        .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
        .distinct()
        .count();
  }

  @Test
  void barsCarryBothArmsOfTheirIntervals() {
    JsonNode errors = new ObjectMapper().valueToTree(BARS.plotly()).at("/data/0/error_y");
    assertThat(errors.at("/array/0").asDouble()).isCloseTo(0.02, within());
    assertThat(errors.at("/arrayminus/0").asDouble()).isCloseTo(0.01, within());
  }

  @Test
  void barsAsText() {
    assertThat(BARS.toString())
        .isEqualTo(
            """
            Which model is best? (nDCG@10)
            BM25      0.4100 [0.4000, 0.4300]  ████████████████████████████████████████
            Word2Vec  0.2100 [0.2000, 0.2200]  ████████████████████
            static    0.3800 [0.3700, 0.3900]  █████████████████████████████████████""");
  }

  @Test
  void addingReturnsANewChart() {
    BarChart empty = Chart.bars("t", "y");
    empty.bar("a", 1);
    assertThat(empty.groups()).isEmpty();
  }

  /** The share of values at or above 0.9 is drawn as wide as any other bin. */
  @Test
  void theLastBinOfAHistogramHasItsWidth() throws IOException {
    Chart chart = new HistogramChart("h", "x", 2, java.util.Map.of("a", new double[] {0, 0, 1, 1}));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(chart.png().orElseThrow()));
    int row = image.getHeight() / 2;
    long filled =
        IntStream.range(0, image.getWidth())
            .filter(x -> (image.getRGB(x, row) & 0xFF) - (image.getRGB(x, row) >> 16 & 0xFF) > 60)
            .count();
    assertThat(filled).as("both bins, pixels").isGreaterThan(image.getWidth() * 3L / 4);
  }

  @Test
  void ticksOfALogarithmicAxisThatWouldTouchHaveNoNumber() {
    assertThat(labels(LogTicks.of(Stream.of(16.0, 100.0)), 80, 90, 100))
        .containsExactly("80", "90", "100");
    assertThat(labels(LogTicks.of(Stream.of(16.0, 256.0)), 40, 90, 100))
        .containsExactly("40", " ", "100");
    assertThat(labels(LogTicks.of(Stream.of(10.0, 3000.0)), 200, 300, 1000))
        .containsExactly("200", " ", "1,000");
    assertThat(labels(LogTicks.of(Stream.of(0.001, 100.0)), 0.001, 0.002, 0.1))
        .containsExactly("0.001", " ", "0.1");
  }

  private static List<String> labels(LogTicks ticks, double... values) {
    return java.util.Arrays.stream(values).mapToObj(ticks::label).toList();
  }

  @Test
  void longLinesHaveNoMarkers() {
    JsonNode figure =
        new ObjectMapper().valueToTree(Chart.lines("t", "x", "y").line("a", STEPS, STEPS).plotly());
    assertThat(figure.at("/data/0/mode").asText()).isEqualTo("lines");
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> BARS.bar("x", 0.5, 0.6, 0.7))
        .hasMessage("The interval [0.6, 0.7] does not hold its value 0.5.");
    assertThatThrownBy(() -> Chart.histogram("t", "x").values("a", Double.NaN))
        .hasMessage("Series 'a' holds a value that is not a finite number.");
    assertThatThrownBy(() -> LINES.points("p", X, Y, List.of("only one")))
        .hasMessageContaining("3 x, 3 y and 1 labels");
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }
}
