package dev.embedlab.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.api.LinePlot;
import tech.tablesaw.plotly.api.VerticalBarPlot;
import tech.tablesaw.plotly.components.Figure;

class RenderersTest {

  record Score(String model, double ndcg, int queries) {}

  private static final Table TABLE =
      Table.create(
          "scores",
          StringColumn.create("model", "a <b>", "c"),
          DoubleColumn.create("nDCG@10", 0.41236, Double.NaN));

  @Test
  void aTablesawTableIsHtmlWithATextTwin() {
    Map<String, Object> bundle = Renderers.render(TABLE);
    assertThat(bundle).containsOnlyKeys("text/html", "text/plain");
    assertThat((String) bundle.get("text/html"))
        .contains("a &lt;b&gt;")
        .contains("0.4124")
        .doesNotContain("<b>");
    assertThat((String) bundle.get("text/plain")).isEqualTo("model  nDCG@10\na <b>  0.4124\nc");
  }

  @Test
  void jsplotFiguresBecomePlotlyJson() {
    Figure figure = VerticalBarPlot.create("It's \"high\"", TABLE, "model", "nDCG@10");
    JsonNode plotly =
        new ObjectMapper()
            .valueToTree(Renderers.render(figure).get("application/vnd.plotly.v1+json"));
    assertThat(plotly.at("/data/0/type").asText()).isEqualTo("bar");
    assertThat(plotly.at("/data/0/y/0").asDouble()).isEqualTo(0.41236);
    assertThat(plotly.at("/layout/title/text").asText()).isNotEmpty();
  }

  @Test
  void jsplotLinesToo() {
    Table points =
        Table.create(DoubleColumn.create("x", 1, 2, 3), DoubleColumn.create("y", 3, 1, 2));
    Figure figure = LinePlot.create("line", points, "x", "y");
    JsonNode plotly =
        new ObjectMapper()
            .valueToTree(Renderers.render(figure).get("application/vnd.plotly.v1+json"));
    assertThat(plotly.at("/data/0/x")).hasSize(3);
    assertThat(plotly.at("/layout/xaxis/title/text").asText()).isEqualTo("x");
  }

  @Test
  void listsAndMapsOfRecordsAreTables() {
    List<Score> list = List.of(new Score("BM25", 0.4, 300), new Score("static", 0.38, 300));
    assertThat((String) Renderers.render(list).get("text/plain"))
        .isEqualTo("model   ndcg  queries\nBM25    0.40      300\nstatic  0.38      300");
    Map<String, Score> map = new LinkedHashMap<>();
    map.put("first", list.get(0));
    assertThat((String) Renderers.render(map).get("text/plain")).contains("first", "BM25");
  }

  @Test
  void imagesAreImages() {
    var image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    assertThat(Renderers.render(image)).containsEntry("text/plain", "image 3 x 2");
    assertThat((byte[]) Renderers.render(image).get("image/png")).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void otherValuesAreLeftToTheKernel() {
    assertThat(Renderers.render("text")).isEmpty();
    assertThat(Renderers.render(List.of(1, 2))).isEmpty();
    assertThat(Renderers.render(List.of())).isEmpty();
    assertThat(Renderers.render(null)).isEmpty();
  }

  @Test
  void longTablesSayWhatTheyHide() {
    List<List<Object>> rows =
        java.util.stream.IntStream.range(0, 60).<List<Object>>mapToObj(List::of).toList();
    assertThat(new Grid(List.of("n"), rows).toString()).endsWith("... and 10 more rows");
    assertThatThrownBy(() -> new Grid(List.of("a", "b"), List.of(List.of(1))))
        .hasMessage("Row 0 has 1 cells for 2 columns.");
  }

  @Test
  void numbersHaveTheDecimalsThatTheirColumnNeeds() {
    Grid grid =
        new Grid(
            List.of("bytes", "ms", "score"),
            List.of(List.of(8.0, 0.25, 1 / 3.0), List.of(1024.0, 12.0, 0.5)));
    assertThat(grid.toString())
        .isEqualTo("bytes    ms   score\n    8  0.25  0.3333\n1,024    12  0.5000");
  }
}
