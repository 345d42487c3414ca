package dev.embedlab.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.embedlab.checkpoint.Checkpoint;
import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.checkpoint.Models;
import dev.embedlab.engine.EagerRunner;
import dev.embedlab.engine.InputMeans;
import dev.embedlab.engine.NetworkRunner;
import dev.embedlab.engine.QuantizationCheck;
import dev.embedlab.input.TokenBatch;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The graphs compute what the reference computes, which itself is checked against Python. */
class OnnxRunnerTest {

  private static final List<String> TEXTS =
      List.of(
          "",
          "A short one.",
          "Crème brûlée, 東京, \uD83D\uDE00 and more words than the others have, to make padding.",
          "long ".repeat(40));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert-legacy-mean-norm",
        "bert-mean-norm",
        "distilbert-max",
        "modernbert-cls-norm",
        "mpnet-mean-norm",
        "qwen3-lasttoken",
        "roberta-cls-dense",
        "xlmr-mean-prompts"
      })
  void tokenVectorsEqualThoseOfTheReference(String fixture) throws IOException {
    assertThat(worst(fixture, OnnxPrecision.FP32)).isLessThanOrEqualTo(5e-6);
  }

  @Test
  void aGraphThatComesWithACheckpointGivesTheSame() throws IOException {
    try (EmbeddingModel model = Models.open(folder("bert-mean-norm"));
        NetworkRunner onnx =
            new OnnxFileRunner(
                folder("bert-mean-norm").resolve("../../onnx").normalize(),
                "bert-mean-norm.onnx",
                model.checkpoint().network())) {
      assertThat(difference(model, onnx, model.batch(TEXTS, ""))).isLessThanOrEqualTo(5e-6);
    }
  }

  /** On processors that saturate and on others. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void biasesTakeBackWhatRoundingWeightsDoes(boolean saturating) throws IOException {
    Assumptions.assumeTrue(saturating || !OnnxByteRange.saturates(), "this processor saturates");
    try (EmbeddingModel model = Models.open(folder("bert-mean-norm"))) {
      QuantizationCheck.of(model.checkpoint())
          .check(
              means ->
                  new OnnxRunner(
                      model.checkpoint().network(),
                      model.checkpoint().weights(),
                      OnnxPrecision.INT8,
                      means,
                      saturating));
    }
  }

  /** Largest difference over real tokens, for a padded batch and for one without padding. */
  private static double worst(String fixture, OnnxPrecision precision) throws IOException {
    try (EmbeddingModel model = Models.open(folder(fixture));
        NetworkRunner onnx = runner(model.checkpoint(), precision)) {
      return Math.max(
          difference(model, onnx, model.batch(TEXTS, "")),
          difference(model, onnx, model.batch(TEXTS.subList(1, 2), "")));
    }
  }

  private static NetworkRunner runner(Checkpoint checkpoint, OnnxPrecision precision) {
    return new OnnxRunner(checkpoint.network(), checkpoint.weights(), precision, InputMeans.none());
  }

  private static double difference(EmbeddingModel model, NetworkRunner onnx, TokenBatch batch) {
    Checkpoint checkpoint = model.checkpoint();
    try (NDManager manager = checkpoint.weights().manager().newSubManager()) {
      float[] expected =
          new EagerRunner(checkpoint.network(), checkpoint.weights())
              .run(manager, batch)
              .toFloatArray();
      float[] actual = onnx.run(manager, batch).toFloatArray();
      int width = expected.length / batch.size();
      double worst = actual.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
      for (int i = 0; i < batch.size(); i++) {
        int real = batch.lengths()[i] * (width / batch.tokens());
        float[] a = Arrays.copyOfRange(expected, i * width, i * width + real);
        float[] b = Arrays.copyOfRange(actual, i * width, i * width + real);
        for (int j = 0; j < real; j++) {
          double d = Math.abs(a[j] - b[j]);
          worst = d <= worst ? worst : Double.isNaN(d) ? Double.POSITIVE_INFINITY : d;
        }
      }
      return worst;
    }
  }

  private static Path folder(String fixture) {
    try {
      return Path.of(OnnxRunnerTest.class.getResource("/fixtures/" + fixture).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
