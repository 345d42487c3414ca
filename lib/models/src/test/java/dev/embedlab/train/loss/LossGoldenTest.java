package dev.embedlab.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and gradients against sentence-transformers; see src/test/python/loss_golden.py. */
class LossGoldenTest {

  private static final double TOLERANCE = 1e-6;

  private static final Map<String, Loss> LOSSES =
      Map.ofEntries(
          Map.entry("mnrl-pairs", new MultipleNegativesRanking()),
          Map.entry("mnrl-triplets", new MultipleNegativesRanking()),
          Map.entry("mnrl-two-negatives-scale-5", new MultipleNegativesRanking(5, false)),
          Map.entry("mnrl-symmetric", new MultipleNegativesRanking(20, true)),
          Map.entry("mnrl-symmetric-triplets", new MultipleNegativesRanking(20, true)),
          Map.entry("cosent", new CoSent()),
          Map.entry("angle", new Angle()),
          Map.entry("contrastive", new Contrastive()),
          Map.entry("contrastive-euclidean-margin-6", new Contrastive(Distance.EUCLIDEAN, 6)),
          Map.entry("online-contrastive-margin-1", new OnlineContrastive(Distance.COSINE, 1)),
          Map.entry("triplet", new Triplet()),
          Map.entry("triplet-cosine", new Triplet(Distance.COSINE, 0.3)),
          Map.entry("triplet-manhattan", new Triplet(Distance.MANHATTAN, 4)),
          Map.entry("batch-all-triplet", new BatchAllTriplet()),
          Map.entry(
              "batch-all-triplet-cosine-margin-0.2", new BatchAllTriplet(Distance.COSINE, 0.2)),
          Map.entry("batch-hard-triplet", new BatchHardTriplet()),
          Map.entry("margin-mse", new MarginMse()),
          Map.entry("margin-mse-two-negatives", new MarginMse()),
          Map.entry("margin-mse-scores", new MarginMse()),
          Map.entry("global-orthogonal", new GlobalOrthogonal()),
          Map.entry("cosine-similarity", new CosineSimilarity()),
          Map.entry(
              "matryoshka-8-4-2", new Matryoshka(new MultipleNegativesRanking(), List.of(8, 4, 2))),
          Map.entry("embedding-mse", new EmbeddingMse()),
          Map.entry("gist-pairs", new Gist(0.05, 0)),
          Map.entry("gist-triplets-margin-0.1", new Gist(0.1, 0.1)),
          Map.entry("binary-cross-entropy", new BinaryCrossEntropy()),
          Map.entry("cross-entropy", new CrossEntropy()),
          Map.entry("ranked-logits", new RankedLogits()));

  static Stream<Arguments> cases() throws IOException {
    try (InputStream in = LossGoldenTest.class.getResourceAsStream("/losses/golden.json")) {
      JsonNode cases = new ObjectMapper().readTree(in).get("cases");
      return StreamSupport.stream(cases.spliterator(), false)
          .map(node -> Arguments.of(node.get("name").asText(), node));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void equalsTheReference(String name, JsonNode golden) {
    Loss loss = LOSSES.get(name);
    assertThat(loss).as("a loss for the golden case").isNotNull();
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      List<NDArray> columns = arrays(manager, golden.get("columns"));
      columns.forEach(column -> column.setRequiresGradient(true));
      Embeddings batch =
          Embeddings.of(columns.toArray(NDArray[]::new))
              .withTeacher(arrays(manager, golden.get("teacher")));
      if (!golden.get("labels").isNull()) {
        batch = batch.withLabels(array(manager, golden.get("labels")));
      }
      NDArray value = loss.compute(batch);
      System.gc();
      collector.backward(value);
      assertClose(new float[] {value.getFloat()}, new float[] {golden.get("loss").floatValue()});
      for (int i = 0; i < columns.size(); i++) {
        NDArray expected = array(manager, golden.get("gradients").get(i));
        assertClose(columns.get(i).getGradient().toFloatArray(), expected.toFloatArray());
      }
    }
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    double allowed = TOLERANCE * largest;
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("element %d", i)
          .isCloseTo(expected[i], org.assertj.core.api.Assertions.within(allowed));
    }
  }

  private static List<NDArray> arrays(NDManager manager, JsonNode nodes) {
    List<NDArray> arrays = new ArrayList<>();
    nodes.forEach(node -> arrays.add(array(manager, node)));
    return arrays;
  }

  private static NDArray array(NDManager manager, JsonNode node) {
    int rows = node.size();
    boolean matrix = node.get(0).isArray();
    int width = matrix ? node.get(0).size() : 1;
    float[] values = new float[rows * width];
    for (int i = 0; i < values.length; i++) {
      JsonNode row = node.get(i / width);
      values[i] = (matrix ? row.get(i % width) : row).floatValue();
    }
    return manager.create(values, matrix ? new Shape(rows, width) : new Shape(rows));
  }

  @Test
  void everyLossOfThisTestIsMet() throws IOException {
    var met = new HashSet<>(cases().map(c -> (String) c.get()[0]).toList());
    assertThat(met).isEqualTo(LOSSES.keySet());
  }

  @Test
  void aNegativeColumnMayBeShorter() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray anchors = manager.randomNormal(new Shape(4, 8));
      NDArray positives = manager.randomNormal(new Shape(4, 8));
      NDArray negatives = manager.randomNormal(new Shape(2, 8));
      float pairs =
          new MultipleNegativesRanking().compute(Embeddings.of(anchors, positives)).getFloat();
      float more =
          new MultipleNegativesRanking()
              .compute(Embeddings.of(anchors, positives, negatives))
              .getFloat();
      assertThat(more).isGreaterThan(pairs);
    }
  }

  @Test
  void oneRowAloneIsSpreadOutAlready() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray row = manager.randomNormal(new Shape(1, 8));
      row.setRequiresGradient(true);
      NDArray value = new GlobalOrthogonal().compute(Embeddings.of(row, row));
      collector.backward(value);
      assertThat(value.getFloat()).isZero();
      assertThat(row.getGradient().toFloatArray()).containsOnly(0f);
    }
  }

  @Test
  void columnsOfUnlikeLengthAreSpreadOutEachByItself() {
    var sum =
        new WeightedSum(
            List.of(
                new WeightedSum.Part(new MultipleNegativesRanking(), 1),
                new WeightedSum.Part(new GlobalOrthogonal(), 0.1)));
    assertThat(sum.allowsRaggedNegatives()).isTrue();
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray many = manager.randomNormal(new Shape(4, 8));
      NDArray few = manager.randomNormal(new Shape(2, 8));
      var loss = new GlobalOrthogonal();
      float both = loss.compute(Embeddings.of(many, few)).getFloat();
      float first = loss.compute(Embeddings.of(many)).getFloat();
      float second = loss.compute(Embeddings.of(few)).getFloat();
      assertThat(both)
          .isCloseTo((first + second) / 2, org.assertj.core.api.Assertions.within(1e-6f));
    }
  }

  /** The second query has one negative, the others have two. */
  @Test
  void rankedLogitsTakeAShorterColumn() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      float[][] logits = {{0.5f, -1, 2}, {1, 0.3f, -0.7f}, {-2, 0.1f}};
      NDArray positives = manager.create(new float[] {0.5f, 1, -2}, new Shape(3, 1));
      NDArray first = manager.create(new float[] {-1, 0.3f, 0.1f}, new Shape(3, 1));
      NDArray second = manager.create(new float[] {2, -0.7f}, new Shape(2, 1));
      double expected = 0;
      for (float[] row : logits) {
        double sum = 0;
        for (float logit : row) {
          sum += Math.exp(10 / (1 + Math.exp(-logit)));
        }
        expected += (Math.log(sum) - 10 / (1 + Math.exp(-row[0]))) / 3;
      }
      float value = new RankedLogits().compute(Embeddings.of(positives, first, second)).getFloat();
      assertThat((double) value).isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-5));
    }
  }

  /** Of cosines with labels as well as of rankings. */
  @Test
  void matryoshkaIsTheSumOverCutVectorsWhateverTheLoss() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray a = manager.randomNormal(new Shape(6, 8));
      NDArray b = manager.randomNormal(new Shape(6, 8));
      NDArray labels = manager.create(new float[] {1, 0, 0.5f, 0.2f, 0.9f, 0.4f});
      for (Loss inner : List.of(new CosineSimilarity(), new CoSent(), new Angle())) {
        double sum = 0;
        for (int size : new int[] {8, 4}) {
          Embeddings cut =
              Embeddings.of(
                  Tensors.unitRows(a.get(":, :{}", size)), Tensors.unitRows(b.get(":, :{}", size)));
          sum += inner.compute(cut.withLabels(labels)).getFloat();
        }
        Embeddings whole = Embeddings.of(a, b).withLabels(labels);
        float value = new Matryoshka(inner, List.of(8, 4)).compute(whole).getFloat();
        assertThat((double) value)
            .as(inner.name())
            .isCloseTo(sum, org.assertj.core.api.Assertions.within(1e-4));
      }
    }
  }

  @Test
  void lossesOnLogitsSayWhichModelAndTextsTheyNeed() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray one = manager.ones(new Shape(2, 1));
      NDArray three = manager.ones(new Shape(2, 3));
      NDArray labels = manager.create(new float[] {0, 1});
      for (Loss loss : List.of(new RankedLogits(), new BinaryCrossEntropy())) {
        assertThatThrownBy(() -> loss.compute(Embeddings.of(three, three).withLabels(labels)))
            .hasMessageStartingWith(
                "%s needs a cross-encoder with one label, but this model gives 3 numbers",
                loss.name());
      }
      assertThatThrownBy(() -> new RankedLogits().compute(Embeddings.of(one)))
          .hasMessageContaining("3 texts or more")
          .hasMessageContaining("but these have 2");
      Embeddings triplets = Embeddings.of(one, one).withLabels(labels);
      for (Loss loss : List.of(new BinaryCrossEntropy(), new CrossEntropy())) {
        assertThatThrownBy(() -> loss.compute(triplets))
            .hasMessageStartingWith("%s needs examples of 2 texts, but these have 3;", loss.name());
      }
      Embeddings taught = Embeddings.of(three).withTeacher(List.of(one));
      assertThatThrownBy(() -> new EmbeddingMse().compute(taught))
          .hasMessageContaining("the model's dimension 3, but this one's is 1");
    }
  }

  @Test
  void aClassIsOneOfTheModels() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Embeddings logits = Embeddings.of(manager.ones(new Shape(2, 3)));
      Embeddings labelled = logits.withLabels(manager.create(new float[] {2, 3}));
      assertThatThrownBy(() -> new CrossEntropy().compute(labelled))
          .hasMessage(
              "CrossEntropy got the label 3.0, but the model tells 3 classes apart: label examples with whole numbers from 0 to 2.");
    }
  }

  @Test
  void saysWhatIsMissing() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray one = manager.ones(new Shape(2, 4));
      assertThatThrownBy(() -> new Triplet().compute(Embeddings.of(one, one)))
          .hasMessageStartingWith(
              "Triplet needs the vectors of 3 texts or more for each example, but got 2;");
      assertThatThrownBy(() -> new CoSent().compute(Embeddings.of(one, one)))
          .hasMessage("CoSent needs a label for every example.");
      assertThatThrownBy(() -> new Gist().compute(Embeddings.of(one, one)))
          .hasMessageStartingWith("Gist needs a teacher");
    }
  }
}
