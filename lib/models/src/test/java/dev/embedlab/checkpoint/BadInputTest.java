package dev.embedlab.checkpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.config.ConfigException;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Prompt;
import dev.embedlab.engine.Backend;
import dev.embedlab.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad folders and texts give one clear sentence. */
class BadInputTest {

  private static final OpenOptions EAGER = OpenOptions.defaults().withBackend(Backend.EAGER);

  @TempDir Path folder;

  @BeforeEach
  void copyAGoodCheckpoint() throws IOException {
    Path source = Fixtures.folder("bert-mean-norm");
    try (var files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path target = folder.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private void replace(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    Files.writeString(path, Files.readString(path).replace(from, to));
  }

  private void rejects(Class<? extends Exception> kind, String message) {
    assertThatThrownBy(() -> Models.open(folder, EAGER).close())
        .isInstanceOf(kind)
        .hasMessageContaining(message);
  }

  @Test
  void unknownArchitectureIsRefusedWithTheKnownOnes() throws IOException {
    replace("config.json", "\"model_type\": \"bert\"", "\"model_type\": \"gpt9\"");
    rejects(ConfigException.class, "'gpt9' is not supported; the known ones are bert, camembert");
  }

  @Test
  void picklesAreNeverOpened() throws IOException {
    Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));
    rejects(SafetensorsException.class, "never opened here. Convert it in Python");
  }

  @Test
  void missingTensorsAreNamed() throws IOException {
    replace("config.json", "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3");
    rejects(ConfigException.class, "encoder.layer.2.attention.self.query.weight");
  }

  @Test
  void otherShapesAreNamed() throws IOException {
    replace("config.json", "\"intermediate_size\": 48", "\"intermediate_size\": 64");
    rejects(ConfigException.class, "asks for floats of shape [64, 32]");
  }

  @Test
  void modulePathsMayNotLeaveTheFolder() throws IOException {
    replace("modules.json", "1_Pooling", "../1_Pooling");
    rejects(ConfigException.class, "leads out of the checkpoint");
  }

  @Test
  void hugeNumbersAskForNoMemory() throws IOException {
    replace("config.json", "\"hidden_size\": 32", "\"hidden_size\": 2000000000");
    rejects(ConfigException.class, "'hidden_size' is 2000000000");
  }

  @Test
  void damagedTokenizerIsNamed() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": 3}");
    rejects(ConfigException.class, "tokenizer.json: the file is not a tokenizer");
  }

  @Test
  void pointersOfGitLfsAreNotWeights() throws IOException {
    Files.writeString(
        folder.resolve("model.safetensors"),
        "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 90868376\n");
    rejects(SafetensorsException.class, "pointer of Git LFS, not the file; run 'git lfs pull'");
  }

  @Test
  void adaptersMustBeMerged() throws IOException {
    Files.move(folder.resolve("model.safetensors"), folder.resolve("adapter_model.safetensors"));
    Files.writeString(folder.resolve("adapter_config.json"), "{}");
    rejects(SafetensorsException.class, "an adapter and not the model's weights; merge them");
  }

  @Test
  void normalizationNeedsANumber() throws IOException {
    replace("config.json", "\"layer_norm_eps\": 1e-12", "\"layer_norm_eps\": NaN");
    rejects(ConfigException.class, "'layer_norm_eps' is NaN, but must be 0 or more");
  }

  @Test
  void rerankersOfNextWordsAreRefusedByName() throws IOException {
    replace("config.json", "BertModel", "BertForSequenceClassification");
    Files.writeString(
        folder.resolve("config_sentence_transformers.json"), "{\"model_type\": \"CrossEncoder\"}");
    Files.writeString(
        folder.resolve("modules.json"),
        "[{\"idx\": 0, \"name\": \"0\", \"path\": \"\", \"type\": \"x.modules.LogitScore\"}]");
    assertThatThrownBy(() -> Models.openCrossEncoder(folder, EAGER).close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("(LogitScore) are not supported; take one");
  }

  @Test
  void textsMustBeUnicodeAndPromptsKnown() throws IOException {
    try (EmbeddingModel model = Models.open(folder, EAGER)) {
      assertThatThrownBy(() -> model.encode(List.of("half \uD800 pair")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("half of a surrogate pair at character 5");
      EncodeOptions unknown = EncodeOptions.defaults().withPrompt(new Prompt.Named("nope"));
      assertThatThrownBy(() -> model.encode(List.of("a"), unknown))
          .hasMessage("The model has no prompt 'nope'; it has [document, query].");
    }
  }
}
