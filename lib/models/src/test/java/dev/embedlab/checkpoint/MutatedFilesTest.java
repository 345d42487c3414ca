package dev.embedlab.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.embedlab.config.ConfigException;
import dev.embedlab.engine.Backend;
import dev.embedlab.onnx.OnnxException;
import dev.embedlab.safetensors.SafetensorsException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged files give a model or one clear sentence: no crash, no hang, no other exception. {@code
 * -Dembedlab.mutations=200} tries more of each kind.
 */
class MutatedFilesTest {

  private static final int COUNT = Integer.getInteger("embedlab.mutations", 30);
  private static final String ONNX = "onnx/model.onnx";

  /** What is put where a JSON value was. */
  private static final List<String> VALUES =
      List.of(
          "null", "-1", "0", "1e99", "\"x\"", "[]", "{}", "true", "99999999999", "[[[]]]", "NaN");

  @TempDir Path folder;

  @BeforeEach
  void copyACheckpoint() throws IOException, URISyntaxException {
    Path source = Fixtures.folder("bert-mean-norm");
    try (var files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(source.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    Files.createDirectories(folder.resolve("onnx"));
    Path graph = Path.of(getClass().getResource("/onnx/bert-mean-norm.onnx").toURI());
    Files.copy(graph, folder.resolve(ONNX));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.safetensors",
        "model.safetensors.index.json",
        "config.json",
        "modules.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "sentence_bert_config.json",
        "config_sentence_transformers.json",
        "1_Pooling/config.json",
        ONNX
      })
  void aModelOrOneSentence(String name) throws IOException {
    if (name.endsWith("index.json")) {
      Files.move(
          folder.resolve("model.safetensors"), folder.resolve("model-00001-of-00001.safetensors"));
      Files.writeString(
          folder.resolve(name),
          "{\"metadata\": {\"total_size\": 9}, \"weight_map\": {\"a\": \"model-00001-of-00001.safetensors\"}}");
    }
    byte[] original = Files.readAllBytes(folder.resolve(name));
    OpenOptions options =
        name.equals(ONNX)
            ? OpenOptions.defaults().withOnnxFile(ONNX)
            : OpenOptions.defaults().withBackend(Backend.EAGER);
    Random random = new Random(name.hashCode());
    assertTimeoutPreemptively(
        Duration.ofMinutes(5),
        () -> {
          for (int i = 0; i < COUNT; i++) {
            byte[] mutated = mutate(original, name, random);
            Files.write(folder.resolve(name), mutated);
            check(options, name, i);
          }
        });
  }

  private void check(OpenOptions options, String name, int index) throws IOException {
    try (EmbeddingModel model = Models.open(folder, options)) {
      model.encode(List.of("a text", ""));
    } catch (ConfigException
        | SafetensorsException
        | OnnxException
        | IllegalArgumentException
        | IOException e) {
      assertThat(e.getMessage())
          .as("mutation %d of %s", index, name)
          .isNotBlank()
          .hasSizeLessThan(700)
          .hasLineCount(1);
    }
  }

  private static byte[] mutate(byte[] original, String name, Random random) {
    if (name.endsWith(".json") && random.nextInt(3) > 0) {
      return mutateJson(new String(original, StandardCharsets.UTF_8), random)
          .getBytes(StandardCharsets.UTF_8);
    }
    // Structure is at the beginning: most damage goes there.
    int range = random.nextBoolean() ? Math.min(original.length, 4096) : original.length;
    byte[] bytes = original.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(bytes, random.nextInt(range));
      }
      case 1 -> {
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
          bytes[random.nextInt(range)] = (byte) random.nextInt(256);
        }
      }
      case 2 -> bytes[random.nextInt(Math.min(range, 16))] = (byte) random.nextInt(256);
      default -> {
        int from = random.nextInt(range);
        int to = Math.min(range, from + 1 + random.nextInt(200));
        Arrays.fill(bytes, from, to, (byte) random.nextInt(256));
      }
    }
    return bytes;
  }

  /** Replaces, drops or doubles what follows a colon. */
  private static String mutateJson(String json, Random random) {
    List<Integer> colons =
        java.util.stream.IntStream.range(0, json.length())
            .filter(i -> json.charAt(i) == ':')
            .boxed()
            .toList();
    int colon = colons.get(random.nextInt(Math.min(colons.size(), 60)));
    int end = colon + 1;
    while (end < json.length() && ",}\n".indexOf(json.charAt(end)) < 0) {
      end++;
    }
    String value = VALUES.get(random.nextInt(VALUES.size()));
    return json.substring(0, colon + 1) + value + json.substring(end);
  }
}
