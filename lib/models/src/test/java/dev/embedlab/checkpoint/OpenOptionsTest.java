package dev.embedlab.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.config.ConfigException;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.engine.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenOptionsTest {

  private static final List<String> TEXTS = List.of("A short text.", "And a longer one, I think.");

  @TempDir Path temp;

  @Test
  void pooledAsAskedIsPooledAsAFolderThatSaysSo() throws IOException {
    OpenOptions first = OpenOptions.defaults().withPooling(PoolingMode.CLS);
    try (EmbeddingModel asked = Models.open(Fixtures.folder("bert-mean-norm"), first);
        EmbeddingModel own = Models.open(Fixtures.folder("bert-mean-norm"))) {
      asked.save(temp);
      assertThat(Files.readString(temp.resolve("1_Pooling/config.json")))
          .containsPattern("\"(pooling_mode\" : \"cls|pooling_mode_cls_token\" : true)");
      float[][] vectors = asked.encode(TEXTS);
      assertThat(Fixtures.maxDifference(vectors, own.encode(TEXTS))).isGreaterThan(1e-3);
      try (EmbeddingModel saved = Models.open(temp)) {
        assertThat(Fixtures.maxDifference(vectors, saved.encode(TEXTS))).isLessThan(1e-6);
      }
    }
  }

  @Test
  void severalModesAreConcatenatedInTheirOrder() throws IOException {
    OpenOptions both =
        OpenOptions.defaults().withPooling(PoolingMode.MEAN, PoolingMode.CLS, PoolingMode.MEAN);
    assertThat(both.pooling()).containsExactly(PoolingMode.CLS, PoolingMode.MEAN);
    try (EmbeddingModel model = Models.open(Fixtures.folder("bert-mean-norm"), both);
        EmbeddingModel own = Models.open(Fixtures.folder("bert-mean-norm"))) {
      assertThat(model.dimension()).isEqualTo(2 * own.dimension());
    }
  }

  @Test
  void aModelWithoutPoolingCannotPoolOtherwise() {
    OpenOptions options = OpenOptions.defaults().withPooling(PoolingMode.CLS);
    assertThatThrownBy(() -> Models.open(Fixtures.folder("static-embedding"), options))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("it has no pooling module");
  }

  @Test
  void fewTextsDoNotWaitForOnnxRuntime() throws IOException {
    OpenOptions few = OpenOptions.defaults().withExpectedTexts(3);
    try (EmbeddingModel model = Models.open(Fixtures.folder("mpnet-mean-norm"), few)) {
      assertThat(model.backend()).isNotEqualTo(Backend.ONNX.label());
    }
    assertThatThrownBy(() -> few.withExpectedTexts(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expectedTexts cannot be negative, but is -1.");
  }

  @Test
  void theMedianRunLiesBetweenTheSlowestAndTheFastest() throws IOException {
    try (EmbeddingModel model = Models.open(Fixtures.folder("bert-mean-norm"))) {
      Throughput rate = model.throughput(TEXTS, EncodeOptions.defaults(), 3);
      assertThat(rate.slowest()).isPositive().isLessThanOrEqualTo(rate.median());
      assertThat(rate.fastest()).isGreaterThanOrEqualTo(rate.median());
      assertThatThrownBy(() -> model.throughput(TEXTS, EncodeOptions.defaults(), 0))
          .hasMessage("At least 1 run is needed, not 0.");
    }
  }

  @Test
  void parametersAreCountedByPart() throws IOException {
    try (EmbeddingModel model = Models.open(Fixtures.folder("roberta-cls-dense"))) {
      var parts = model.checkpoint().parametersByPart();
      assertThat(parts.keySet())
          .startsWith("embeddings", "encoder.layer.0", "encoder.layer.1")
          .anyMatch(part -> part.endsWith("_Dense"));
      assertThat(parts.values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(model.checkpoint().weights().count());
    }
  }
}
