package dev.embedlab.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.data.Qrels;
import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontierTest {

  private static final int DOCUMENTS = 400;
  private static final int QUERIES = 60;

  /** Queries are noisy copies of documents; four dimensions of sixteen carry nothing. */
  private static Workload workload(long seed) {
    Random random = new Random(seed);
    float[][] documents = new float[DOCUMENTS][16];
    float[][] queries = new float[QUERIES][16];
    Map<String, Map<String, Integer>> qrels = new HashMap<>();
    for (int d = 0; d < DOCUMENTS; d++) {
      for (int i = 0; i < 12; i++) {
        documents[d][i] = (float) random.nextGaussian();
      }
    }
    for (int q = 0; q < QUERIES; q++) {
      for (int i = 0; i < 12; i++) {
        queries[q][i] = documents[q][i] + 0.7f * (float) random.nextGaussian();
      }
      qrels.put("q" + q, Map.of("d" + q, 1));
    }
    return new Workload(
        documents,
        IntStream.range(0, DOCUMENTS).mapToObj(d -> "d" + d).toList(),
        queries,
        IntStream.range(0, QUERIES).mapToObj(q -> "q" + q).toList(),
        new Qrels(qrels),
        Similarity.COSINE);
  }

  private static Frontier.Builder frontier(Workload workload) {
    return Frontier.of(workload)
        .dimensions(16, 12, 2)
        .recipes(Recipe.flat(), Recipe.flat(ElementType.BIT), Recipe.int8(), Recipe.ivf(8, 1, 8));
  }

  @Test
  void namesTheCheapestThatIsGoodEnough() {
    FrontierResult result = frontier(workload(1)).run();
    assertThat(result.points()).hasSize(15).extracting(Point::setting).doesNotHaveDuplicates();
    Point full = result.points().getFirst();
    assertThat(full.bytesPerVector()).isEqualTo(64);
    assertThat(full.perQuery()).hasSize(QUERIES);
    assertThat(full.latency().p50()).isPositive().isLessThanOrEqualTo(full.latency().p99());
    assertThat(result.isTied(full)).isTrue();
    Point poor = result.points().stream().filter(p -> p.dimension() == 2).findFirst().orElseThrow();
    assertThat(result.isTied(poor)).isFalse();
    Point advice = result.advice().orElseThrow();
    assertThat(result.isTied(advice)).isTrue();
    assertThat(advice.bytesPerVector()).isLessThanOrEqualTo(12);
    assertThat(result.advice(Budget.bytes(1e-3))).isEmpty();
    assertThat(result.toString()).contains(advice.setting()).contains("Pareto");
  }

  @Test
  void theAdviceKeepsToTheBudget() {
    FrontierResult result =
        frontier(workload(1)).recipes(Recipe.flat()).budget(Budget.bytes(50)).run();
    assertThat(result.advice().orElseThrow().bytesPerVector()).isEqualTo(48);
    assertThat(result.verdict()).contains("PCA 12, flat").contains("1.33 times fewer bytes");
    FrontierResult poor =
        frontier(workload(1)).recipes(Recipe.flat()).budget(Budget.bytes(20)).run();
    assertThat(poor.advice()).isEmpty();
    assertThat(poor.toString()).contains("Nothing within the budget of 20 bytes");
    assertThatThrownBy(() -> Budget.milliseconds(0)).hasMessageContaining("above 0");
  }

  @Test
  void everyRecipeFindsWhatItShould() {
    FrontierResult result =
        Frontier.of(workload(3))
            .metric("recall@10")
            .reducer(Reducer.TRUNCATION)
            .recipes(
                Recipe.flat(),
                Recipe.flat(ElementType.FLOAT16),
                Recipe.flat(ElementType.BFLOAT16),
                Recipe.pq(2),
                Recipe.opq(2),
                Recipe.binaryRescored(8),
                Recipe.ivfPq(4, 2, 4))
            .run();
    double best = result.best().quality().estimate();
    assertThat(best).isGreaterThan(0.9);
    for (Point point : result.points()) {
      assertThat(point.quality().estimate()).as(point.setting()).isGreaterThan(0.6 * best);
    }
    assertThat(result.points().get(1).bytesPerVector()).isEqualTo(32);
    assertThat(result.points().get(3).bytesPerVector()).isEqualTo(8);
    assertThatThrownBy(() -> frontier(workload(1)).recipes(Recipe.pq(5)).run())
        .hasMessageContaining("cannot be cut into parts of 5");
  }

  @Test
  void judgedByExactSearchTheMetricIsTheRecallOfTheIndex() {
    Workload workload = workload(4).judgedByExactSearch(10);
    FrontierResult result =
        Frontier.of(workload).metric("recall@10").recipes(Recipe.ivf(16, 1, 4, 16)).run();
    List<Double> recalls = result.points().stream().map(p -> p.quality().estimate()).toList();
    assertThat(recalls).isSorted();
    assertThat(recalls.getFirst()).isLessThan(0.8);
    assertThat(recalls.getLast()).isEqualTo(1.0);
  }

  @Test
  void encodesADataSet() {
    var corpus = new dev.embedlab.data.Corpus(List.of(document("a", "cat"), document("b", "dog")));
    var queries =
        new dev.embedlab.data.Queries(List.of(new dev.embedlab.data.Query("q", "the dog")));
    var data =
        new dev.embedlab.data.RetrievalDataset(
            "pets", corpus, queries, Map.of("dev", new Qrels(Map.of("q", Map.of("b", 1)))));
    Workload workload =
        Workload.of(new dev.embedlab.encode.KeywordEncoder("cat", "dog"), data, "dev");
    Point point = Frontier.of(workload).metric("mrr@1").recipes(Recipe.flat()).run().best();
    assertThat(point.quality().estimate()).isEqualTo(1);
    assertThat(workload.reduced(new dev.embedlab.compress.Truncation(2, 1)).dimension()).isOne();
  }

  private static dev.embedlab.data.Document document(String id, String text) {
    return new dev.embedlab.data.Document(id, "", text);
  }

  @Test
  void fidelityIsOneForARotationAndLessForACut() {
    float[][] vectors = workload(1).documents();
    float[][] turned = dev.embedlab.compress.Pca.fit(centred(vectors), 16).apply(centred(vectors));
    Fidelity same = Fidelity.of(centred(vectors), turned, 1);
    assertThat(same.spearman()).isGreaterThan(0.9999);
    assertThat(same.neighbours()).isGreaterThan(0.999);
    float[][] cut = new dev.embedlab.compress.Truncation(16, 3).apply(vectors);
    Fidelity less = Fidelity.of(vectors, cut, 1);
    assertThat(less.spearman()).isBetween(0.2, 0.8);
    assertThat(less.neighbours()).isBetween(0.02, 0.6);
    assertThatThrownBy(() -> Fidelity.of(vectors, new float[3][2], 1))
        .hasMessageContaining("400 vectors before and 3 after");
  }

  private static float[][] centred(float[][] vectors) {
    float[] mean = new float[16];
    for (float[] vector : vectors) {
      for (int i = 0; i < 16; i++) {
        mean[i] += vector[i] / vectors.length;
      }
    }
    return java.util.Arrays.stream(vectors)
        .map(
            vector -> {
              float[] less = new float[16];
              for (int i = 0; i < 16; i++) {
                less[i] = vector[i] - mean[i];
              }
              return less;
            })
        .toArray(float[][]::new);
  }

  @Test
  void noParetoPointIsBeatenInEverything() {
    FrontierResult result = frontier(workload(2)).run();
    assertThat(result.pareto()).isNotEmpty();
    for (Point point : result.pareto()) {
      assertThat(result.points()).noneMatch(point::isDominatedBy);
    }
  }

  @Test
  void goesOnWhereItStopped(@TempDir Path folder) throws IOException {
    Path journal = folder.resolve("journal.jsonl");
    FrontierResult first = frontier(workload(1)).journal(journal).run();
    List<String> lines = Files.readAllLines(journal);
    assertThat(lines).hasSize(12);
    Files.writeString(
        journal, String.join("\n", lines.subList(0, 11)) + "\n{\"workload\": \"cut sho");
    FrontierResult second = frontier(workload(1)).journal(journal).run();
    assertThat(second.points())
        .extracting(Point::setting)
        .isEqualTo(first.points().stream().map(Point::setting).toList());
    assertThat(second.points().getFirst().buildSeconds())
        .isEqualTo(first.points().getFirst().buildSeconds()); // read, not measured again
    FrontierResult other = frontier(workload(9)).journal(journal).run();
    assertThat(other.points().getFirst().quality())
        .isNotEqualTo(first.points().getFirst().quality());
  }

  @Test
  void dimensionsHalve() {
    assertThat(Frontier.halvings(384, 48)).containsExactly(384, 192, 96, 48);
  }

  @Test
  void refusesWhatDoesNotFit() {
    Workload good = workload(1);
    assertThatThrownBy(
            () ->
                new Workload(
                    good.documents(),
                    List.of("a"),
                    good.queries(),
                    good.queryIds(),
                    good.qrels(),
                    Similarity.DOT))
        .hasMessageContaining("400 document vectors for 1 ids");
  }
}
