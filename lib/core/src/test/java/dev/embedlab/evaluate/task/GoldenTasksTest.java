package dev.embedlab.evaluate.task;

import static dev.embedlab.GoldenFile.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.GoldenFile;
import dev.embedlab.MadeUpVectors;
import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.LabelledText;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.ScoredPair;
import dev.embedlab.data.SummarySample;
import dev.embedlab.data.TextPair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Against the scores of {@code src/test/python/golden_tasks.py}: similarity tasks to 1e-5,
 * classification and clustering to 0.5 points, samples exactly.
 */
class GoldenTasksTest {

  private static JsonNode golden(String task) throws IOException {
    return GoldenFile.cases("tasks.json").get(task);
  }

  private static List<LabelledText> texts(String prefix, int n, IntFunction<List<String>> labels) {
    return IntStream.range(0, n)
        .mapToObj(i -> new LabelledText(prefix + i, labels.apply(i)))
        .toList();
  }

  private static void assertScores(TaskScores actual, JsonNode expected, double tolerance) {
    for (Map.Entry<String, JsonNode> score : expected.properties()) {
      assertThat(actual.score(score.getKey()))
          .as(score.getKey())
          .isEqualTo(score.getValue().asDouble(), within(tolerance));
    }
    assertThat(actual.interval().low()).isLessThanOrEqualTo(actual.mainScore());
    assertThat(actual.interval().high()).isGreaterThanOrEqualTo(actual.mainScore());
  }

  private static TextVectors pairVectors() {
    float[][] a = MadeUpVectors.of(300, 32, 6, 21, 2.0);
    float[][] b = MadeUpVectors.of(300, 32, 6, 22, 2.0);
    for (int i = 0; i < 300; i += 10) {
      b[i] = a[i];
    }
    return TextVectors.of("made-up", MadeUpVectors.texts("a", 300), a)
        .and(MadeUpVectors.texts("b", 300), b);
  }

  @Test
  void stsMatches() throws IOException {
    List<ScoredPair> pairs =
        IntStream.range(0, 300)
            .mapToObj(i -> new ScoredPair("a" + i, "b" + i, (i * 37 % 26) / 5.0))
            .toList();
    assertScores(new StsTask("sts", pairs).evaluate(pairVectors()), golden("sts"), 1e-6);
  }

  @Test
  void pairClassificationMatches() throws IOException {
    List<ScoredPair> pairs =
        IntStream.range(0, 300)
            .mapToObj(i -> new ScoredPair("a" + i, "b" + i, i % 10 == 0 || i % 7 == 0 ? 1 : 0))
            .toList();
    TaskScores scores = new PairClassificationTask("pairs", pairs).evaluate(pairVectors());
    assertScores(scores, golden("pairs"), 1e-5);
    assertThatThrownBy(
            () -> new PairClassificationTask("p", List.of(new ScoredPair("a", "b", 0.5))))
        .hasMessage("Labels of pairs must be 0 or 1, but one is 0.5.");
  }

  @Test
  void bitextMatches() throws IOException {
    float[][] a = MadeUpVectors.of(200, 24, 12, 31, 1.5);
    float[][] b = MadeUpVectors.of(200, 24, 12, 32, 1.5);
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 24; j++) {
        b[i][j] += a[i][j];
      }
    }
    TextVectors vectors =
        TextVectors.of("made-up", MadeUpVectors.texts("a", 200), a)
            .and(MadeUpVectors.texts("b", 200), b);
    List<TextPair> pairs =
        IntStream.range(0, 200).mapToObj(i -> new TextPair("a" + i, "b" + i)).toList();
    assertScores(new BitextMiningTask("bitext", pairs).evaluate(vectors), golden("bitext"), 1e-9);
  }

  @Test
  void classificationMatches() throws IOException {
    for (JsonNode one : golden("classification")) {
      int classes = one.get("classes").asInt();
      int dim = one.get("dim").asInt();
      double spread = one.get("spread").asDouble();
      IntFunction<List<String>> label = i -> List.of("" + MadeUpVectors.label(i, classes));
      ClassificationTask task =
          new ClassificationTask("c", texts("a", 600, label), texts("b", 400, label));
      for (int run = 0; run < 10; run++) {
        assertThat(task.samples().get(run)).isEqualTo(ints(one.get("samples").get(run)));
      }
      TextVectors vectors =
          TextVectors.of(
                  "made-up",
                  MadeUpVectors.texts("a", 600),
                  MadeUpVectors.of(600, dim, classes, 41, spread))
              .and(MadeUpVectors.texts("b", 400), MadeUpVectors.of(400, dim, classes, 42, spread));
      assertScores(task.evaluate(vectors), one.get("scores"), 0.005);
    }
  }

  @Test
  void multilabelMatches() throws IOException {
    IntFunction<List<String>> labels =
        i -> {
          int c = MadeUpVectors.label(i, 6);
          return List.of("" + c, "" + (6 + c % 2));
        };
    MultilabelClassificationTask task =
        new MultilabelClassificationTask("m", texts("a", 500, labels), texts("b", 300, labels));
    for (int run = 0; run < 10; run++) {
      assertThat(task.samples().get(run))
          .isEqualTo(ints(golden("multilabel").get("samples").get(run)));
    }
    TextVectors vectors =
        TextVectors.of(
                "made-up", MadeUpVectors.texts("a", 500), MadeUpVectors.of(500, 24, 6, 51, 2.0))
            .and(MadeUpVectors.texts("b", 300), MadeUpVectors.of(300, 24, 6, 52, 2.0));
    assertScores(task.evaluate(vectors), golden("multilabel").get("scores"), 0.005);
  }

  @Test
  void clusteringMatches() throws IOException {
    JsonNode expected = golden("clustering");
    TextVectors vectors =
        TextVectors.of(
            "made-up", MadeUpVectors.texts("a", 2000), MadeUpVectors.of(2000, 24, 8, 61, 2.5));
    IntFunction<List<String>> levels =
        i -> {
          int c = MadeUpVectors.label(i, 8);
          return List.of("" + c % 3, "" + c);
        };
    ClusteringTask task =
        new ClusteringTask(
            "c", texts("a", 2000, levels), new ClusteringTask.Sampling(500, 2048, 10, 512), 42);
    TaskScores scores = task.evaluate(vectors);
    assertThat(scores.mainScore()).isEqualTo(expected.get("v_measure").asDouble(), within(0.005));
    assertThat(scores.score("v_measure_std"))
        .isEqualTo(expected.get("v_measure_std").asDouble(), within(0.005));
    IntFunction<List<String>> fine = i -> List.of("" + MadeUpVectors.label(i, 8));
    List<LabelledText> all = texts("a", 2000, fine);
    List<List<LabelledText>> sets = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      sets.add(all.subList(600 * k, 600 * k + 600));
    }
    assertThat(new LegacyClusteringTask("legacy", sets).evaluate(vectors).mainScore())
        .isEqualTo(expected.get("legacy").asDouble(), within(0.005));
  }

  @Test
  void summarizationMatches() throws IOException {
    TextVectors vectors =
        TextVectors.of(
                "made-up", MadeUpVectors.texts("h", 60), MadeUpVectors.of(60, 16, 4, 71, 2.0))
            .and(MadeUpVectors.texts("m", 160), MadeUpVectors.of(160, 16, 4, 72, 2.0));
    List<SummarySample> samples = new ArrayList<>();
    for (int t = 0; t < 20; t++) {
      int text = t;
      samples.add(
          new SummarySample(
              IntStream.range(3 * t, 3 * t + 3).mapToObj(i -> "h" + i).toList(),
              IntStream.range(8 * t, 8 * t + 8).mapToObj(i -> "m" + i).toList(),
              IntStream.range(8 * t, 8 * t + 8)
                  .mapToObj(i -> text == 5 ? 1.0 : (i * 13 % 7) / 2.0)
                  .toList()));
    }
    assertScores(
        new SummarizationTask("s", samples).evaluate(vectors), golden("summarization"), 1e-5);
  }

  @Test
  void rerankingMatchesWithTies() throws IOException {
    float[][] queries = MadeUpVectors.of(40, 24, 8, 81, 2.0);
    float[][] documents = MadeUpVectors.of(1000, 24, 8, 82, 2.0);
    for (int i = 0; i < 1000; i += 50) {
      documents[i + 1] = documents[i];
    }
    List<Document> corpus =
        IntStream.range(0, 1000).mapToObj(i -> new Document("d" + i, "", "d" + i)).toList();
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    Map<String, List<String>> candidates = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      int at = 25 * i;
      grades.put("q" + i, Map.of("d" + at, 1, "d" + (at + 5), 1, "d" + (at + 10), 1));
      candidates.put("q" + i, IntStream.range(at, at + 25).mapToObj(d -> "d" + d).toList());
    }
    Queries asked =
        new Queries(IntStream.range(0, 40).mapToObj(i -> new Query("q" + i, "q" + i)).toList());
    RetrievalDataset data =
        new RetrievalDataset("r", new Corpus(corpus), asked, Map.of("test", new Qrels(grades)));
    TextVectors vectors =
        TextVectors.of("made-up", MadeUpVectors.texts("q", 40), queries)
            .and(MadeUpVectors.texts("d", 1000), documents);
    TaskScores scores = new RerankingTask("r", data, "test", candidates).evaluate(vectors);
    assertScores(scores, golden("reranking"), 1e-9);
    assertThat(scores.mainMetric()).isEqualTo("map_at_1000");
  }

  @Test
  void zeroShotMatches() throws IOException {
    TextVectors vectors =
        TextVectors.of(
                "made-up", MadeUpVectors.texts("a", 300), MadeUpVectors.of(300, 24, 5, 91, 2.5))
            .and(MadeUpVectors.texts("label ", 5), MadeUpVectors.of(5, 24, 5, 92, 1.0));
    Map<String, String> descriptions = new LinkedHashMap<>();
    IntStream.range(0, 5).forEach(i -> descriptions.put("" + i, "label " + i));
    List<LabelledText> texts = texts("a", 300, i -> List.of("" + MadeUpVectors.label(i, 5)));
    TaskScores scores = new ZeroShotTask("z", texts, descriptions).evaluate(vectors);
    assertScores(scores, golden("zero_shot"), 1e-9);
  }

  @Test
  void missingLevelsOfNamedLabelsAreALabelOfTheirOwn() {
    float[][] rows = MadeUpVectors.of(200, 8, 2, 95, 0.2);
    List<LabelledText> named =
        texts("a", 200, i -> i % 2 == 0 ? List.of("top", "even") : List.of("top"));
    List<LabelledText> numbered =
        texts("a", 200, i -> i % 2 == 0 ? List.of("1", "2") : List.of("1"));
    TextVectors vectors = TextVectors.of("made-up", MadeUpVectors.texts("a", 200), rows);
    ClusteringTask.Sampling small = new ClusteringTask.Sampling(0, 200, 2, 64);
    // Rows of label 0 and 1 alternate, so two clusters tell "even" from "-1" without fault.
    assertThat(new ClusteringTask("c", named, small, 42).evaluate(vectors).mainScore())
        .isEqualTo(1.0);
    assertThat(level(new ClusteringTask("c", numbered, small, 42).evaluate(vectors)))
        .isEqualTo(List.of(1.0, 1.0));
  }

  private static Object level(TaskScores scores) {
    return ((Map<?, ?>) scores.scores().get("v_measures")).get("Level 1");
  }

  @Test
  void unknownTextsAreNamed() {
    assertThatThrownBy(() -> pairVectors().encode(List.of("other")))
        .hasMessageContaining("no vector for the text 'other'");
  }
}
