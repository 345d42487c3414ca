package dev.embedlab.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.embedlab.engine.Backend;
import dev.embedlab.engine.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients of one training step equal PyTorch's; {@code src/test/python/gradients.py} wrote them
 * and says which loss they are of.
 */
class GradientTest {

  private static final double TOLERANCE = 1e-6;
  private static final OpenOptions EAGER = OpenOptions.defaults().withBackend(Backend.EAGER);

  private static JsonNode golden;

  @BeforeAll
  static void readGolden() throws IOException {
    try (InputStream in = GradientTest.class.getResourceAsStream("/gradients.json")) {
      golden = new JsonMapper().readTree(in);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.embedlab.checkpoint.Fixtures#encoders")
  void gradientsEqualThoseOfPyTorch(String name) throws IOException {
    List<String> texts = new ArrayList<>();
    golden.get("texts").forEach(text -> texts.add(text.asText()));
    try (EmbeddingModel model = Models.open(Fixtures.folder(name), EAGER)) {

      check(
          golden.get(name),
          model.checkpoint().weights(),
          manager -> model.forward(manager, model.batch(texts, ""), false));
    }
  }

  @Test
  void gradientsOfACrossEncoderEqualThoseOfPyTorch() throws IOException {
    List<TextPair> pairs = new ArrayList<>();
    golden
        .get("pairs")
        .forEach(pair -> pairs.add(new TextPair(pair.get(0).asText(), pair.get(1).asText())));
    try (CrossEncoder model =
        Models.openCrossEncoder(Fixtures.folder("cross-encoder-bert"), EAGER)) {
      check(
          golden.get("cross-encoder-bert"),
          model.checkpoint().weights(),
          manager -> model.forward(manager, model.batch(pairs), false));
    }
  }

  private static void check(
      JsonNode expected, Weights weights, Function<NDManager, NDArray> forward) {
    Map<String, float[]> plain = gradients(expected, weights, forward, false);
    Map<String, float[]> collected = gradients(expected, weights, forward, true);
    assertThat(plain).containsOnlyKeys(names(expected));
    plain.forEach(
        (name, values) -> {
          compare(name, values, expected.get("gradients").get(name));
          assertThat(collected.get(name))
              .as("%s after a garbage collection", name)
              .containsExactly(values);
        });
  }

  private static String[] names(JsonNode expected) {
    List<String> names = new ArrayList<>();
    expected.get("gradients").fieldNames().forEachRemaining(names::add);
    return names.toArray(String[]::new);
  }

  private static void compare(String name, float[] values, JsonNode expected) {
    double square = 0;
    for (float value : values) {
      square += (double) value * value;
    }
    assertThat(Math.sqrt(square))
        .as("norm of %s", name)
        .isCloseTo(expected.get("norm").asDouble(), near(expected.get("norm").asDouble()));
    int step = expected.get("step").asInt();
    for (int i = 0; i < expected.get("values").size(); i++) {
      assertThat((double) values[i * step])
          .as("%s[%d]", name, i * step)
          .isCloseTo(
              expected.get("values").get(i).asDouble(),
              near(expected.get("values").get(i).asDouble()));
    }
  }

  /** Processors add in different orders, which shows in the last digits of large numbers. */
  private static Offset<Double> near(double expected) {
    return within(TOLERANCE * Math.max(1, Math.abs(expected)));
  }

  private static Map<String, float[]> gradients(
      JsonNode expected, Weights weights, Function<NDManager, NDArray> forward, boolean collect) {
    weights.arrays().values().forEach(array -> array.setRequiresGradient(true));
    Map<String, float[]> gradients = new HashMap<>();
    try (NDManager step = weights.manager().newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray vectors = forward.apply(step);
      NDArray difference = vectors.sub(target(step, vectors.getShape()));
      NDArray loss = difference.mul(difference).mean();
      if (collect) {
        System.gc();
        for (int i = 0; i < 100; i++) {
          step.create(i * 1000f + 7);
        }
      }
      assertThat(loss.getFloat()).isCloseTo((float) expected.get("loss").asDouble(), within(1e-5f));
      collector.backward(loss);
      for (String name : names(expected)) {
        NDArray gradient = weights.array(name).getGradient();
        gradient.attach(step);
        gradients.put(name, gradient.toFloatArray());
        gradient.subi(gradient);
      }
    }
    return gradients;
  }

  private static NDArray target(NDManager manager, Shape shape) {
    float[] values = new float[(int) shape.size()];
    int columns = (int) shape.get(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(1 + i / columns + 0.1 * (i % columns));
    }
    return manager.create(values, shape);
  }
}
