package dev.embedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.embedlab.data.NpyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code lab encode} on the reference checkpoints, against what Python computes for them. */
class EncodeTest {

  private static final Path FIXTURES =
      Path.of(System.getProperty("embedlab.root"), "lib/models/src/test/resources/fixtures");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path in;

  @BeforeEach
  void nameInput() {
    in = folder.resolve("texts.jsonl");
  }

  @Test
  void vectorsEqualThoseOfPython() throws IOException {
    JsonNode expected = expected("bert-mean-norm");
    writeTexts(expected);
    Path result = folder.resolve("vectors.jsonl");
    assertThat(encode("bert-mean-norm", result)).as(err.toString()).isZero();
    List<float[]> vectors = rows(result, "embedding");
    compare(vectors, expected.get("cases").get(0).get("embeddings"));
    assertThat(err.toString()).contains("16 lines in", "texts cut at 24 tokens");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bert-mean-norm, 2, --truncate-dim=12 --normalize=true",
    "bert-mean-norm, 1, --truncate-dim=12 --normalize=false --backend=eager",
    "bert-mean-norm, 0, --backend=onnx",
    "qwen3-lasttoken, 1, --prompt-name=query",
    "xlmr-mean-prompts, 4, --prompt=",
  })
  void optionsMeanWhatTheyMeanInPython(String model, int index, String options) throws IOException {
    JsonNode expected = expected(model);
    writeTexts(expected);
    Path result = folder.resolve("vectors.npy");
    assertThat(encode(model, result, options.split(" "))).as(err.toString()).isZero();
    compare(List.of(NpyFile.read(result)), expected.get("cases").get(index).get("embeddings"));
  }

  @ParameterizedTest
  @CsvSource({"--backend=auto", "--backend=onnx", "--backend=onnx/model.onnx"})
  void aGraphWithoutWeightsEncodes(String option) throws IOException {
    JsonNode expected = expected("bert-mean-norm");
    writeTexts(expected);
    Path result = folder.resolve("vectors.npy");
    assertThat(run(graphOnly(), result, option)).as(err.toString()).isZero();
    compare(List.of(NpyFile.read(result)), expected.get("cases").get(0).get("embeddings"));
    assertThat(err.toString()).contains("backend onnx/model.onnx");
  }

  @Test
  void aGraphWithoutWeightsIsNotForOtherBackends() throws IOException {
    writeTexts(expected("bert-mean-norm"));
    Path result = folder.resolve("vectors.npy");
    assertThat(run(graphOnly(), result, "--backend=torchscript")).isNotZero();
    assertThat(err.toString()).contains("only onnx/model.onnx", "take backend 'onnx'");
    assertThat(result).doesNotExist();
  }

  /** A reference checkpoint with its graph in place of its weights. */
  private Path graphOnly() throws IOException {
    Path source = FIXTURES.resolve("bert-mean-norm");
    Path target = folder.resolve("graph-only");
    for (String name :
        List.of(
            "modules.json",
            "config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "sentence_bert_config.json",
            "config_sentence_transformers.json",
            "1_Pooling/config.json",
            "2_Normalize/config.json")) {
      if (Files.exists(source.resolve(name))) {
        Files.createDirectories(target.resolve(name).getParent());
        Files.copy(source.resolve(name), target.resolve(name));
      }
    }
    Files.createDirectories(target.resolve("onnx"));
    Files.copy(FIXTURES.resolve("../onnx/bert-mean-norm.onnx"), target.resolve("onnx/model.onnx"));
    return target;
  }

  @Test
  void crossEncodersScorePairs() throws IOException {
    JsonNode expected = expected("cross-encoder-bert");
    writePairs(expected);
    Path result = folder.resolve("scores.jsonl");
    assertThat(encode("cross-encoder-bert", result)).as(err.toString()).isZero();
    List<String> lines = Files.readAllLines(result);
    assertThat(lines).hasSameSizeAs(expected.get("scores"));
    for (int i = 0; i < lines.size(); i++) {
      assertThat(JSON.readTree(lines.get(i)).get("score").asDouble())
          .isCloseTo(expected.get("scores").get(i).asDouble(), within(1e-5));
    }
  }

  @Test
  void scoresAreAVectorInNumpy() throws IOException {
    JsonNode expected = expected("cross-encoder-bert");
    writePairs(expected);
    Path result = folder.resolve("scores.npy");
    assertThat(encode("cross-encoder-bert", result)).as(err.toString()).isZero();
    int count = expected.get("scores").size();
    assertThat(Files.size(result)).isEqualTo(128 + 4L * count);
    assertThat(
            new String(
                Files.readAllBytes(result), 0, 128, java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("'descr': '<f4'", "'shape': (%d,)".formatted(count));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\": \"a\"}~not json | line 2: it is not JSON",
        "{\"text\": \"a\"}~{\"txt\": \"b\"} | line 2: it has no field \"text\"",
        "{\"text\": 3} | line 1: it has a \"text\" that is no string",
        "[1] | line 1: it is not a JSON object",
        "{\"text\": \"a\"}~~{\"text\": \"b\"} | line 2: it is empty",
        "{\"text\": \"a\", \"pair\": \"b\"} | line 1: it has a \"pair\", but 'bert-mean-norm' encodes",
        "{\"text\": \"a\"}~{\"text\": \"half \\ud800\"} | line 2: it has half of a surrogate pair",
      })
  void badLinesAreNamedAndNothingIsWritten(String content, String message) throws IOException {
    Files.writeString(in, content.replace('~', '\n'));
    Path result = folder.resolve("vectors.jsonl");
    assertThat(encode("bert-mean-norm", result)).isEqualTo(1);
    assertThat(err.toString()).contains(message).hasLineCount(1);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(in);
    }
  }

  @Test
  void anOlderResultStaysWhenARunFails() throws IOException {
    Files.writeString(in, "{\"text\": \"a\"}\n");
    Path result = Files.writeString(folder.resolve("vectors.jsonl"), "before");
    assertThat(encode("cross-encoder-bert", result)).isEqualTo(1);
    assertThat(err.toString()).contains("line 1: it has no \"pair\"");
    assertThat(result).hasContent("before");
  }

  @Test
  void noTextsGiveNoRows() throws IOException {
    Files.writeString(in, "\n");
    Path result = folder.resolve("vectors.npy");
    assertThat(encode("bert-mean-norm", result)).as(err.toString()).isZero();
    assertThat(Files.readString(result, java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("'shape': (0, 32)");
  }

  @ParameterizedTest
  @CsvSource({
    "--backend=gpu, There is no backend 'gpu'",
    "--truncate-dim=0, --truncate-dim must be positive",
    "--prompt-name=a --prompt=b, mutually exclusive",
    "--normalize=perhaps, 'perhaps'",
  })
  void wrongOptionsAreExplained(String options, String message) throws IOException {
    Files.writeString(in, "{\"text\": \"a\"}\n");
    assertThat(encode("bert-mean-norm", folder.resolve("o.jsonl"), options.split(" ")))
        .isEqualTo(2);
    assertThat(err.toString()).contains(message, "see lab help encode.").hasLineCount(1);
  }

  @Test
  void missingFoldersAreNamed() throws IOException {
    Files.writeString(in, "{\"text\": \"a\"}\n");
    assertThat(encode("nowhere", folder.resolve("o.jsonl"))).isEqualTo(1);
    assertThat(err.toString()).contains("nowhere").hasLineCount(1);
    assertThat(encode("bert-mean-norm", folder.resolve("none/o.jsonl"))).isEqualTo(1);
    assertThat(err.toString()).contains("there is no such folder to write to");
  }

  private int encode(String model, Path result, String... options) {
    return run(FIXTURES.resolve(model), result, options);
  }

  private int run(Path model, Path result, String... options) {
    List<String> arguments = new ArrayList<>(List.of("encode", "--model", model.toString()));
    arguments.addAll(List.of("--in", in.toString(), "--out", result.toString()));
    arguments.addAll(List.of(options));
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  private static JsonNode expected(String model) throws IOException {
    return JSON.readTree(FIXTURES.resolve(model).resolve("expected.json").toFile());
  }

  private void writeTexts(JsonNode expected) throws IOException {
    List<String> lines = new ArrayList<>();
    for (JsonNode text : expected.get("texts")) {
      lines.add(JSON.createObjectNode().set("text", text).toString());
    }
    Files.write(in, lines);
  }

  private void writePairs(JsonNode expected) throws IOException {
    List<String> lines = new ArrayList<>();
    for (JsonNode pair : expected.get("pairs")) {
      lines.add(
          JSON.createObjectNode()
              .put("text", pair.get(0).asText())
              .put("pair", pair.get(1).asText())
              .toString());
    }
    Files.write(in, lines);
  }

  private static List<float[]> rows(Path file, String field) throws IOException {
    List<float[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      rows.add(JSON.convertValue(JSON.readTree(line).get(field), float[].class));
    }
    return rows;
  }

  private static void compare(List<float[]> actual, JsonNode expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i)).hasSize(expected.get(i).size());
      for (int j = 0; j < actual.get(i).length; j++) {
        assertThat((double) actual.get(i)[j])
            .as("text %d, dimension %d", i, j)
            .isCloseTo(expected.get(i).get(j).asDouble(), within(1e-5));
      }
    }
  }
}
