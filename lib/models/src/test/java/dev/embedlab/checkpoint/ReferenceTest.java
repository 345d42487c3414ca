package dev.embedlab.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Normalization;
import dev.embedlab.encode.Prompt;
import dev.embedlab.engine.Backend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Token ids and vectors equal those of sentence-transformers. */
class ReferenceTest {

  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @MethodSource("dev.embedlab.checkpoint.Fixtures#encoders")
  void idsEqualThoseOfPython(String name) throws IOException {
    JsonNode expected = Fixtures.expected(name);
    try (EmbeddingModel model = Models.open(Fixtures.folder(name))) {
      List<String> texts = Fixtures.texts(expected);
      for (int i = 0; i < texts.size(); i++) {
        List<Long> ids = new ArrayList<>();
        expected.get("input_ids_no_prompt").get(i).forEach(id -> ids.add(id.asLong()));
        assertThat(model.tokenize(texts.get(i)).ids())
            .as("ids of '%s'", texts.get(i))
            .containsExactly(ids.stream().mapToLong(Long::longValue).toArray());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.embedlab.checkpoint.Fixtures#encoders")
  void vectorsEqualThoseOfPython(String name) throws IOException {
    checkVectors(name, Backend.EAGER);
  }

  @ParameterizedTest
  @MethodSource("dev.embedlab.checkpoint.Fixtures#encoders")
  void torchScriptGivesTheSame(String name) throws IOException {
    checkVectors(name, Backend.TORCHSCRIPT);
  }

  private static void checkVectors(String name, Backend backend) throws IOException {
    JsonNode expected = Fixtures.expected(name);
    OpenOptions open = OpenOptions.defaults().withBackend(backend);
    try (EmbeddingModel model = Models.open(Fixtures.folder(name), open)) {
      assertThat(model.dimension()).isEqualTo(expected.get("dimension").asInt());
      expected
          .get("max_seq_length")
          .asText()
          .describeConstable()
          .filter(text -> text.matches("\\d+"))
          .ifPresent(text -> assertThat(model.maxTokens()).hasValue(Integer.parseInt(text)));
      for (JsonNode test : expected.get("cases")) {
        float[][] vectors = model.encode(Fixtures.texts(expected), options(test));
        assertThat(Fixtures.maxDifference(vectors, Fixtures.matrix(test.get("embeddings"))))
            .as("%s %s", name, test.get("encode_kwargs"))
            .isLessThanOrEqualTo(TOLERANCE);
      }
    }
  }

  private static EncodeOptions options(JsonNode test) {
    JsonNode kwargs = test.get("encode_kwargs");
    EncodeOptions options = EncodeOptions.defaults();
    if (kwargs.has("prompt")) {
      options = options.withPrompt(new Prompt.Text(kwargs.get("prompt").asText()));
    } else if (kwargs.has("prompt_name")) {
      options = options.withPrompt(new Prompt.Named(kwargs.get("prompt_name").asText()));
    }
    if (kwargs.path("normalize_embeddings").asBoolean()) {
      options = options.withNormalization(Normalization.ALWAYS);
    }
    return options.withTruncateDim(kwargs.path("truncate_dim").asInt(0));
  }

  @Test
  void crossEncoderScoresEqualThoseOfPython() throws IOException {
    JsonNode expected = Fixtures.expected("cross-encoder-bert");
    List<TextPair> pairs = new ArrayList<>();
    expected
        .get("pairs")
        .forEach(pair -> pairs.add(new TextPair(pair.get(0).asText(), pair.get(1).asText())));
    try (CrossEncoder model = Models.openCrossEncoder(Fixtures.folder("cross-encoder-bert"))) {
      assertThat(model.maxTokens()).isEqualTo(expected.get("max_length").asInt());
      assertThat(column(model.logits(pairs)))
          .containsExactly(
              Fixtures.vector(expected.get("logits")),
              org.assertj.core.data.Offset.offset((float) TOLERANCE));
      assertThat(column(model.scores(pairs)))
          .containsExactly(
              Fixtures.vector(expected.get("scores")),
              org.assertj.core.data.Offset.offset((float) TOLERANCE));
    }
  }

  private static float[] column(float[][] rows) {
    float[] values = new float[rows.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i][0];
    }
    return values;
  }
}
