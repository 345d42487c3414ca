package dev.embedlab.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.engine.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SaveTest {

  private static final OpenOptions EAGER = OpenOptions.defaults().withBackend(Backend.EAGER);

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("dev.embedlab.checkpoint.Fixtures#encoders")
  void savedModelGivesTheSameVectors(String name) throws IOException {
    List<String> texts = Fixtures.texts(Fixtures.expected(name));
    float[][] before;
    SentenceConfig config;
    try (EmbeddingModel model = Models.open(Fixtures.folder(name), EAGER)) {
      before = model.encode(texts);
      config = model.checkpoint().config();
      model.save(folder);
    }
    try (EmbeddingModel model = Models.open(folder, EAGER)) {
      assertThat(Fixtures.maxDifference(before, model.encode(texts))).isLessThanOrEqualTo(1e-6);
      assertThat(model.checkpoint().config()).isEqualTo(config);
    }
    assertThat(Files.readString(folder.resolve("README.md"))).contains("SentenceTransformer(");
  }

  @Test
  void savedCrossEncoderGivesTheSameScores() throws IOException {
    List<TextPair> pairs = List.of(new TextPair("a query", "a document"), new TextPair("b", ""));
    float[][] before;
    try (CrossEncoder model =
        Models.openCrossEncoder(Fixtures.folder("cross-encoder-bert"), EAGER)) {
      before = model.scores(pairs);
      model.save(folder);
    }
    try (CrossEncoder model = Models.openCrossEncoder(folder, EAGER)) {
      assertThat(Fixtures.maxDifference(before, model.scores(pairs))).isLessThanOrEqualTo(1e-6);
    }
  }
}
