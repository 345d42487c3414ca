package dev.embedlab.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Prompt;
import dev.embedlab.engine.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reference checkpoints with other configurations, made and computed by {@code
 * src/test/python/variants.py}.
 */
class VariantsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final double TOLERANCE = 1e-5;

  private static JsonNode golden() throws IOException {
    try (var in = VariantsTest.class.getResourceAsStream("/variants.json")) {
      return JSON.readTree(in);
    }
  }

  static Stream<Named<JsonNode>> variants() throws IOException {
    return StreamSupport.stream(golden().get("variants").spliterator(), false)
        .map(variant -> Named.of(variant.get("name").asText(), variant));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void computesWhatPythonComputes(JsonNode variant, @TempDir Path folder) throws IOException {
    make(variant, folder);
    assertThat(difference(folder, variant)).isLessThanOrEqualTo(TOLERANCE);
  }

  /** Checkpoints with other weights too, if the script was told to write them. */
  @Test
  void computesWhatPythonComputesInFolders() throws IOException {
    String folder = System.getProperty("embedlab.variants");
    Assumptions.assumeTrue(folder != null, "variants.py has written no folders to compare");
    double worst = 0;
    try (Stream<Path> folders = Files.list(Path.of(folder))) {
      for (Path each : folders.sorted().toList()) {
        JsonNode variant = JSON.readTree(each.resolve("expected.json").toFile());
        double difference = difference(each, variant);
        System.out.printf("%-50s %.1e%n", variant.get("name").asText(), difference);
        worst = Math.max(worst, difference);
      }
    }
    assertThat(worst).isLessThanOrEqualTo(TOLERANCE);
  }

  private static void make(JsonNode variant, Path folder) throws IOException {
    Path source = Fixtures.folder(variant.get("fixture").asText());
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(source.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    for (Map.Entry<String, JsonNode> file : variant.get("fields").properties()) {
      Path path = folder.resolve(file.getKey());
      ObjectNode content = (ObjectNode) JSON.readTree(path.toFile());
      file.getValue().properties().forEach(field -> set(content, field));
      Files.write(path, JSON.writeValueAsBytes(content));
    }
    for (Map.Entry<String, JsonNode> file : variant.get("files").properties()) {
      Path path = folder.resolve(file.getKey());
      Files.deleteIfExists(path);
      if (!file.getValue().isNull()) {
        Files.write(path, JSON.writeValueAsBytes(file.getValue()));
      }
    }
  }

  private static void set(ObjectNode content, Map.Entry<String, JsonNode> field) {
    if (field.getValue().isNull()) {
      content.remove(field.getKey());
    } else {
      content.set(field.getKey(), field.getValue());
    }
  }

  /** Relative to the largest number, where that is above 1. */
  private static double difference(Path folder, JsonNode variant) throws IOException {
    float[][] expected = Fixtures.matrix(variant.get("expected"));
    float[][] actual =
        variant.get("fixture").asText().startsWith("cross-encoder")
            ? scores(folder)
            : vectors(folder, variant.get("prompt").asText());
    double largest = 1;
    for (float[] row : expected) {
      for (float value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return Fixtures.maxDifference(expected, actual) / largest;
  }

  private static float[][] vectors(Path folder, String prompt) throws IOException {
    try (EmbeddingModel model =
        Models.open(folder, OpenOptions.defaults().withBackend(Backend.EAGER))) {
      return model.encode(
          Fixtures.texts(golden()), EncodeOptions.defaults().withPrompt(new Prompt.Text(prompt)));
    }
  }

  private static float[][] scores(Path folder) throws IOException {
    List<TextPair> pairs = new ArrayList<>();
    golden()
        .get("pairs")
        .forEach(pair -> pairs.add(new TextPair(pair.get(0).asText(), pair.get(1).asText())));
    try (CrossEncoder model =
        Models.openCrossEncoder(folder, OpenOptions.defaults().withBackend(Backend.EAGER))) {
      return model.scores(pairs);
    }
  }
}
