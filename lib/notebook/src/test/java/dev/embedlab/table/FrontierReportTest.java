package dev.embedlab.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.chart.Chart;
import dev.embedlab.chart.XyChart;
import dev.embedlab.data.Qrels;
import dev.embedlab.encode.Similarity;
import dev.embedlab.frontier.Budget;
import dev.embedlab.frontier.Frontier;
import dev.embedlab.frontier.FrontierResult;
import dev.embedlab.frontier.Recipe;
import dev.embedlab.frontier.Reducer;
import dev.embedlab.frontier.Workload;
import dev.embedlab.vector.ElementType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrontierReportTest {

  private static Workload workload() {
    Random random = new Random(1);
    float[][] documents = new float[60][8];
    float[][] queries = new float[20][8];
    List<String> ids = new ArrayList<>();
    List<String> queryIds = new ArrayList<>();
    Map<String, Map<String, Integer>> qrels = new HashMap<>();
    for (int d = 0; d < documents.length; d++) {
      for (int i = 0; i < 8; i++) {
        documents[d][i] = (float) random.nextGaussian();
      }
      ids.add("d" + d);
    }
    for (int q = 0; q < queries.length; q++) {
      queries[q] = documents[q];
      queryIds.add("q" + q);
      qrels.put("q" + q, Map.of("d" + q, 1));
    }
    return new Workload(documents, ids, queries, queryIds, new Qrels(qrels), Similarity.COSINE);
  }

  private static Frontier.Builder frontier() {
    return Frontier.of(workload())
        .reducer(Reducer.TRUNCATION)
        .dimensions(8, 2)
        .recipes(Recipe.flat(), Recipe.flat(ElementType.BIT));
  }

  @Test
  void theTableHasARowForEverySetting() {
    FrontierResult result = frontier().run();
    var table = FrontierReport.table(result);
    assertThat(table.rowCount()).isEqualTo(4);
    assertThat(table.stringColumn("index").asList())
        .containsExactly("flat", "binary", "flat", "binary");
    assertThat(table.intColumn("dimensions").asList()).containsExactly(8, 8, 2, 2);
    assertThat(table.stringColumn("").get(0)).contains("=");
    assertThat(table.doubleColumn("bytes/vector").asList()).containsExactly(32.0, 1.0, 8.0, 1.0);
  }

  @Test
  void theChartHoldsEveryPointOnceAndTheAdvice() {
    FrontierResult result = frontier().run();
    XyChart chart = (XyChart) FrontierReport.chart(result);
    int points =
        chart.series().stream()
            .filter(s -> !s.name().equals("advice"))
            .mapToInt(s -> s.x().size())
            .sum();
    assertThat(points).isEqualTo(4);
    assertThat(chart.series().getLast().name()).isEqualTo("advice");
    assertThat(chart.png()).isPresent();
    XyChart poor = (XyChart) FrontierReport.chart(frontier().budget(Budget.bytes(0.5)).run());
    assertThat(poor.series()).noneMatch(s -> s.name().equals("advice"));
  }

  @Test
  void linesGoByDimensionAndByTime() {
    FrontierResult result = frontier().recipes(Recipe.flat()).run();
    XyChart.Series line = FrontierReport.byDimension("PCA", result);
    assertThat(line.x()).containsExactly(2.0, 8.0);
    assertThat(line.y().getLast().value()).isEqualTo(1);
    assertThat(FrontierReport.byLatency("t", result).x()).allMatch(ms -> ms > 0);
    assertThat(Chart.lines("t", "x", "y").with(line).toString()).contains("2 dimensions, flat");
  }
}
