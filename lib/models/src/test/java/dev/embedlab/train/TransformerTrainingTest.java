package dev.embedlab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.embedlab.checkpoint.CrossEncoder;
import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.checkpoint.Models;
import dev.embedlab.checkpoint.TextPair;
import dev.embedlab.train.loss.BinaryCrossEntropy;
import dev.embedlab.train.loss.MultipleNegativesRanking;
import dev.embedlab.train.loss.RankedLogits;
import dev.embedlab.train.optimize.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformerTrainingTest {

  @TempDir Path folder;

  static Path fixture(String name) {
    try {
      return Path.of(TransformerTrainingTest.class.getResource("/fixtures/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in =
        TransformerTrainingTest.class.getResourceAsStream("/training/golden.json")) {
      return new JsonMapper().readTree(in);
    }
  }

  static List<TrainingExample> pairs() throws IOException {
    List<TrainingExample> pairs = new ArrayList<>();
    golden()
        .get("pairs")
        .forEach(p -> pairs.add(TrainingExample.pair(p.get(0).asText(), p.get(1).asText())));
    return pairs;
  }

  static BatchSampler inOrder() {
    return (examples, batchSize, seed) ->
        IntStream.range(0, examples.size() / batchSize)
            .mapToObj(i -> IntStream.range(i * batchSize, (i + 1) * batchSize).toArray())
            .toList();
  }

  private static Trainer.Builder trainer() {
    return Trainer.builder()
        .sampler(inOrder())
        .batchSize(8)
        .learningRate(1e-3)
        .rules(WeightRule.decay(0.01));
  }

  @Test
  void lossFallsAsInTheReference() throws IOException {
    JsonNode golden = golden();
    try (EmbeddingModel model = Models.open(fixture("bert-mean-norm"));
        var encoder = new TrainableTransformer(model, false)) {
      TrainingHistory history = trainer().build().train(encoder, pairs());
      assertThat(history.losses()).hasSize(50);
      for (int step = 0; step < 50; step++) {
        double expected = golden.get("losses").get(step).asDouble();
        assertThat((double) history.losses().get(step))
            .as("step %d", step)
            .isCloseTo(expected, within(0.01 * expected));
      }
      List<String> texts = new ArrayList<>();
      golden.get("texts").forEach(text -> texts.add(text.asText()));
      float[][] vectors = model.encode(texts);
      for (int i = 0; i < vectors.length; i++) {
        for (int j = 0; j < vectors[i].length; j++) {
          assertThat((double) vectors[i][j])
              .isCloseTo(golden.get("embeddings").get(i).get(j).asDouble(), within(2e-3));
        }
      }
    }
  }

  /** In training, the gradient of the word table holds the rows of the batch alone. */
  @Test
  void withoutDropoutTheOperationsAreStillThoseOfTraining() throws IOException {
    List<String> texts = pairs().stream().limit(8).map(p -> p.texts().getFirst()).toList();
    try (EmbeddingModel model = Models.open(fixture("bert-mean-norm"));
        var encoder = new TrainableTransformer(model, false);
        var manager = NDManager.newBaseManager("PyTorch")) {
      assertThat(encoder.forward(manager, texts, true).toFloatArray())
          .as("dropout is off")
          .containsExactly(encoder.forward(manager, texts, false).toFloatArray(), within(1e-5f));
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(encoder.forward(manager, texts, true).sum());
      }
      NDArray table = encoder.weights().get("embeddings.word_embeddings.weight");
      try (NDArray gradient = table.getGradient()) {
        assertThat(gradient.isSparse()).isTrue();
      }
    }
  }

  @Test
  void cachedGradientsOfATransformerEqualPlainOnes() throws IOException {
    Map<String, float[]> plain = gradients(0);
    Map<String, float[]> cached = gradients(3);
    plain.forEach(
        (name, values) -> {
          for (int i = 0; i < values.length; i++) {
            assertThat(cached.get(name)[i]).as(name).isCloseTo(values[i], within(1e-6f));
          }
        });
  }

  private static Map<String, float[]> gradients(int chunk) throws IOException {
    Map<String, float[]> gradients = new HashMap<>();
    // Dropout is drawn anew for each chunk, so it is off here.
    try (EmbeddingModel model = Models.open(fixture("bert-mean-norm"));
        var encoder = new TrainableTransformer(model, false);
        var manager = NDManager.newBaseManager("PyTorch")) {
      new GradientStep(encoder, Optional.empty(), List.of(), manager)
          .run(pairs().subList(0, 8), new MultipleNegativesRanking(), 1, chunk, 1);
      encoder
          .weights()
          .forEach(
              (name, weight) -> {
                try (NDArray gradient = weight.getGradient()) {
                  gradients.put(name, gradient.toFloatArray());
                }
              });
    }
    return gradients;
  }

  @Test
  void loraTrainsTheProductOfItsAdaptersAndLeavesTheRest() throws IOException {
    try (EmbeddingModel model = Models.open(fixture("bert-mean-norm"));
        var lora = TrainableLora.of(model, 4, 8)) {
      Map<String, float[]> before = values(model);
      assertThat(lora.weights()).hasSize(2 * 2 * 3);
      TrainingHistory history =
          trainer().learningRate(5e-3).schedule(Schedule.constant()).build().train(lora, pairs());
      assertThat(history.lastLoss(5)).isLessThan(history.losses().getFirst() - 0.1);
      Map<String, float[]> after = values(model);
      before.forEach(
          (name, values) -> {
            boolean adapted = TrainableLora.ATTENTION.matcher(name).find();
            assertThat(Arrays.equals(values, after.get(name))).as(name).isEqualTo(!adapted);
          });
      String query = "encoder.layer.1.attention.self.query.weight";
      assertMerged(
          before.get(query),
          lora.weights().get(query + ".lora_A").toFloatArray(),
          lora.weights().get(query + ".lora_B").toFloatArray(),
          after.get(query));
      model.save(folder);
      float[][] vectors = model.encode(List.of("how to close a file"));
      try (EmbeddingModel again = Models.open(folder)) {
        assertThat(again.encode(List.of("how to close a file"))[0])
            .containsExactly(vectors[0], within(1e-6f));
      }
    }
  }

  /** W + 8/4 B A, with 32 columns and rank 4. */
  private static void assertMerged(float[] original, float[] a, float[] b, float[] merged) {
    for (int row = 0; row < 32; row++) {
      for (int column = 0; column < 32; column++) {
        double sum = original[row * 32 + column];
        for (int k = 0; k < 4; k++) {
          sum += 2.0 * b[row * 4 + k] * a[k * 32 + column];
        }
        assertThat((double) merged[row * 32 + column]).isCloseTo(sum, within(1e-5));
      }
    }
  }

  private static Map<String, float[]> values(EmbeddingModel model) {
    Map<String, float[]> values = new HashMap<>();
    model.checkpoint().parameters().forEach((n, p) -> values.put(n, p.getArray().toFloatArray()));
    return values;
  }

  /** Half of the inputs of an adapter are left out of a step, and none of the saved model. */
  @Test
  void droppedInputsOfAnAdapterGetNoGradient() throws IOException {
    var settings = TrainableLora.Settings.defaults().withRank(4, 8).withDropout(0.5);
    try (EmbeddingModel model = Models.open(fixture("bert-mean-norm"));
        var lora = TrainableLora.of(model, settings);
        var manager = NDManager.newBaseManager("PyTorch")) {
      Map<String, float[]> before = values(model);
      trainer().learningRate(5e-3).build().train(lora, pairs());
      String query = "encoder.layer.1.attention.self.query.weight";
      NDArray a = lora.weights().get(query + ".lora_A");
      NDArray b = lora.weights().get(query + ".lora_B");
      assertMerged(before.get(query), a.toFloatArray(), b.toFloatArray(), values(model).get(query));

      lora.stepStarts(3);
      new GradientStep(lora, Optional.empty(), List.of(), manager)
          .run(pairs().subList(0, 8), new MultipleNegativesRanking(), 1, 0, 1);
      lora.gradientsReady();
      try (NDArray gradient = a.getGradient()) {
        float[] values = gradient.toFloatArray();
        long left = IntStream.range(0, 32).filter(column -> values[column] != 0).count();
        assertThat(left).isBetween(6L, 26L);
        for (int i = 0; i < values.length; i++) {
          assertThat(values[i] == 0).isEqualTo(values[i % 32] == 0);
        }
      }
    }
  }

  @Test
  void freezingLeavesTheNamedWeights() throws IOException {
    try (EmbeddingModel model = Models.open(fixture("bert-mean-norm"));
        var encoder = new TrainableTransformer(model)) {
      Map<String, float[]> before = values(model);
      Trainer.builder()
          .batchSize(8)
          .learningRate(1e-3)
          .freeze("embeddings")
          .freeze("layer\\.0\\.")
          .build()
          .train(encoder, pairs());
      Map<String, float[]> after = values(model);
      for (String name :
          List.of("embeddings.LayerNorm.bias", "encoder.layer.0.output.dense.bias")) {
        assertThat(after.get(name)).as(name).containsExactly(before.get(name));
      }
      String moved = "encoder.layer.1.output.dense.bias";
      assertThat(Arrays.equals(before.get(moved), after.get(moved))).isFalse();
    }
  }

  @Test
  void loraSaysWhichWeightsThereAre() throws IOException {
    try (EmbeddingModel model = Models.open(fixture("bert-mean-norm"))) {
      assertThatThrownBy(
              () ->
                  TrainableLora.of(
                      model,
                      TrainableLora.Settings.defaults().withTargets(Pattern.compile("no such"))))
          .hasMessageContaining("matches 'no such'")
          .hasMessageContaining("encoder.layer.0");
    }
  }

  @Test
  void aCrossEncoderLearnsToRankAndToClassify() throws IOException {
    List<TrainingExample> triplets = new ArrayList<>();
    List<TrainingExample> scored = new ArrayList<>();
    List<TrainingExample> pairs = pairs();
    for (int i = 0; i < 64; i++) {
      String query = pairs.get(i).texts().get(0);
      String right = pairs.get(i).texts().get(1);
      String wrong = "word" + i % 5 + " 東京";
      triplets.add(TrainingExample.triplet(query, right, wrong));
      scored.add(TrainingExample.scored(query, right, 1));
      scored.add(TrainingExample.scored(query, wrong, 0));
    }
    try (CrossEncoder model = Models.openCrossEncoder(fixture("cross-encoder-bert"));
        var encoder = new TrainableCrossEncoder(model)) {
      Trainer.Builder trainer = Trainer.builder().sampler(inOrder()).batchSize(8).epochs(4);
      trainer.learningRate(2e-3).loss(new RankedLogits()).build().train(encoder, triplets);
      assertThat(separated(model, triplets)).isGreaterThan(60);
      TrainingHistory history =
          trainer.loss(new BinaryCrossEntropy()).build().train(encoder, scored);
      assertThat(history.lastLoss(4)).isLessThan(0.3);
      assertThatThrownBy(() -> encoder.snapshot("x").encode(List.of("a")))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  private static int separated(CrossEncoder model, List<TrainingExample> triplets) {
    int right = 0;
    for (TrainingExample t : triplets) {
      float[][] logits =
          model.logits(
              List.of(
                  new TextPair(t.texts().get(0), t.texts().get(1)),
                  new TextPair(t.texts().get(0), t.texts().get(2))));
      right += logits[0][0] > logits[1][0] ? 1 : 0;
    }
    return right;
  }
}
