package dev.embedlab.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.checkpoint.Models;
import dev.embedlab.checkpoint.OpenOptions;
import dev.embedlab.engine.Backend;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model of a hub is opened by its name, and again from the cache when the hub is gone. */
class OpenByNameTest {

  private static final OpenOptions EAGER = OpenOptions.defaults().withBackend(Backend.EAGER);
  private static final List<String> TEXTS = List.of("a text", "another one");

  @TempDir Path cache;
  private final Path fixture = fixture();
  private HubServer server;

  @BeforeEach
  void start() throws IOException {
    server = new HubServer();
    try (var files = Files.walk(fixture)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = fixture.relativize(file).toString().replace('\\', '/');
        if (name.endsWith(".safetensors")) {
          server.large(name, Files.readAllBytes(file));
        } else {
          server.small(name, Files.readString(file));
        }
      }
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Hub hub() {
    return new Hub(
        HubSettings.from(Map.of())
            .withEndpoint(server.endpoint())
            .withCache(cache)
            .withTimeout(Duration.ofSeconds(5))
            .withPause(Duration.ofMillis(1)));
  }

  @Test
  void vectorsAreThoseOfTheFolder() throws IOException {
    float[][] expected;
    try (EmbeddingModel model = Models.open(fixture, EAGER)) {
      expected = model.encode(TEXTS);
    }
    Hub hub = hub();
    Path snapshot;
    try (EmbeddingModel model = Models.open("org/name", EAGER, hub)) {
      assertThat(model.name()).isEqualTo("org/name");
      assertThat(model.encode(TEXTS)).isDeepEqualTo(expected);
      snapshot = model.checkpoint().folder();
    }
    assertThat(Models.nameOf(snapshot.toString())).isEqualTo("org/name");
    server.close();
    try (EmbeddingModel model = Models.open("org/name", EAGER, hub)) {
      assertThat(model.encode(TEXTS)).isDeepEqualTo(expected);
    }
  }

  /** Among files that nobody needs. */
  @ParameterizedTest
  @ValueSource(strings = {"onnx/model.onnx", "model.onnx"})
  void aModelWithoutWeightsComesWithItsGraph(String graph) throws IOException {
    Path file = fixture.resolve("../../onnx/bert-mean-norm.onnx").normalize();
    server.remove("model.safetensors");
    server.large(graph, Files.readAllBytes(file));
    server.small("onnx/model_O4.onnx", "not a graph");
    OpenOptions auto = OpenOptions.defaults();
    float[][] expected;
    try (EmbeddingModel model = Models.open(fixture, EAGER)) {
      expected = model.encode(TEXTS);
    }
    try (EmbeddingModel model = Models.open("org/name", auto, hub())) {
      assertThat(model.backend()).isEqualTo(graph);
      float[][] vectors = model.encode(TEXTS);
      for (int i = 0; i < expected.length; i++) {
        assertThat(vectors[i]).containsExactly(expected[i], within(1e-5f));
      }
      assertThat(model.checkpoint().folder().resolve("onnx/model_O4.onnx")).doesNotExist();
    }
  }

  @Test
  void namesThatAreNeitherFolderNorModelAreRefused() {
    assertThatThrownBy(() -> Models.open("no such folder", EAGER, hub()))
        .hasMessageContaining("no such folder");
    assertThatThrownBy(() -> Models.open("org/unknown", EAGER, hub()))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("org/unknown");
  }

  private static Path fixture() {
    try {
      return Path.of(OpenByNameTest.class.getResource("/fixtures/bert-mean-norm").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
