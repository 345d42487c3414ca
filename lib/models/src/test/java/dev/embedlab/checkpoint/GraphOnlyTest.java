package dev.embedlab.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.embedlab.config.ConfigException;
import dev.embedlab.engine.Backend;
import dev.embedlab.onnx.OnnxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A checkpoint that comes with an ONNX graph and no safetensors. */
class GraphOnlyTest {

  private static final Path SOURCE = Fixtures.folder("bert-mean-norm");
  private static final Path GRAPH = SOURCE.resolve("../../onnx/bert-mean-norm.onnx");

  @TempDir Path folder;

  @BeforeEach
  void copyAllButTheWeights() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCE)) {
      for (Path file : files.filter(f -> !f.toString().endsWith(".safetensors")).toList()) {
        Path target = folder.resolve(SOURCE.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private void graphAt(String name) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.copy(GRAPH, folder.resolve(name));
  }

  private static OpenOptions with(Backend backend) {
    return OpenOptions.defaults().withBackend(backend);
  }

  @ParameterizedTest
  @EnumSource(
      value = Backend.class,
      names = {"AUTO", "ONNX", "ONNX_FILE"})
  void vectorsEqualThoseOfPython(Backend backend) throws IOException {
    graphAt("onnx/model.onnx");
    assertPythonsVectors(with(backend), "onnx/model.onnx");
  }

  @Test
  void theGraphMayLieInTheRoot() throws IOException {
    graphAt("model.onnx");
    graphAt("onnx/model_O3.onnx");
    assertPythonsVectors(OpenOptions.defaults(), "model.onnx");
    assertPythonsVectors(
        OpenOptions.defaults().withOnnxFile("onnx/model_O3.onnx"), "onnx/model_O3.onnx");
  }

  @Test
  void anOnlyGraphMayHaveAnyName() throws IOException {
    graphAt("onnx/model_O3.onnx");
    assertPythonsVectors(OpenOptions.defaults(), "onnx/model_O3.onnx");
  }

  private void assertPythonsVectors(OpenOptions options, String graph) throws IOException {
    var expected = Fixtures.expected("bert-mean-norm");
    float[][] python = Fixtures.matrix(expected.get("cases").get(0).get("embeddings"));
    try (EmbeddingModel model = Models.open(folder, options)) {
      float[][] vectors = model.encode(Fixtures.texts(expected));
      assertThat(Fixtures.maxDifference(vectors, python)).isLessThanOrEqualTo(1e-5);
      assertThat(model.backend()).isEqualTo(graph);
      assertThat(model.dimension()).isEqualTo(32);
      assertThat(model.checkpoint().graph()).contains(graph);
    }
  }

  @Test
  void severalGraphsMustBeChosenFrom() throws IOException {
    graphAt("onnx/model_O3.onnx");
    graphAt("onnx/model_O2.onnx");
    assertThatThrownBy(() -> Models.open(folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("several graphs (onnx/model_O2.onnx, onnx/model_O3.onnx)")
        .hasMessageContaining("for example onnx/model_O2.onnx");
  }

  @ParameterizedTest
  @EnumSource(
      value = Backend.class,
      names = {"EAGER", "TORCHSCRIPT", "TORCHSCRIPT_BF16", "TORCHSCRIPT_INT8", "ONNX_INT8"})
  void backendsThatNeedWeightsSaySo(Backend backend) throws IOException {
    graphAt("onnx/model.onnx");
    assertThatThrownBy(() -> Models.open(folder, with(backend)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("it has no model.safetensors, only onnx/model.onnx")
        .hasMessageContaining("'%s' cannot run; take backend 'onnx'", backend.label());
  }

  @Test
  void withoutAGraphTheWeightsAreMissed() {
    assertThatThrownBy(() -> Models.open(folder)).hasMessageContaining("model.safetensors");
  }

  @Test
  void trainingAndSavingAreRefused() throws IOException {
    graphAt("onnx/model.onnx");
    try (EmbeddingModel model = Models.open(folder);
        NDManager manager = model.checkpoint().weights().manager().newSubManager()) {
      assertThatThrownBy(() -> model.forward(manager, model.batch(List.of("a"), ""), true))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("only the graph onnx/model.onnx, so it cannot be trained.");
      Path target = folder.resolve("saved");
      assertThatThrownBy(() -> model.save(target))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot be saved; copy its folder.");
      assertThat(target).doesNotExist();
    }
  }

  @Test
  void aGraphOfAnotherWidthIsRefused() throws IOException {
    graphAt("onnx/model.onnx");
    Path config = folder.resolve("config.json");
    String text = Files.readString(config);
    assertThat(text).contains("\"hidden_size\": 32");
    Files.writeString(config, text.replace("\"hidden_size\": 32", "\"hidden_size\": 64"));
    Path pooling = folder.resolve("1_Pooling/config.json");
    Files.writeString(pooling, Files.readString(pooling).replaceAll("(dimension\": )32", "$164"));
    assertThatThrownBy(() -> Models.open(folder))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("of the graph has 32 numbers, but config.json says 64");
  }
}
