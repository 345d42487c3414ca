package dev.embedlab.checkpoint;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reference checkpoints with what sentence-transformers computes for them; see their README. */
final class Fixtures {

  /** Python writes an unlimited length as Infinity. */
  private static final JsonMapper READER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private Fixtures() {}

  static Stream<String> encoders() {
    return Stream.of(
        "bert-legacy-mean-norm",
        "bert-mean-norm",
        "distilbert-max",
        "modernbert-cls-norm",
        "mpnet-mean-norm",
        "qwen3-lasttoken",
        "roberta-cls-dense",
        "static-embedding",
        "xlmr-mean-prompts");
  }

  static Path folder(String name) {
    try {
      return Path.of(Fixtures.class.getResource("/fixtures/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode expected(String name) throws IOException {
    return READER.readTree(folder(name).resolve("expected.json").toFile());
  }

  static List<String> texts(JsonNode expected) {
    List<String> texts = new ArrayList<>();
    expected.get("texts").forEach(text -> texts.add(text.asText()));
    return texts;
  }

  static float[][] matrix(JsonNode rows) {
    float[][] matrix = new float[rows.size()][];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = vector(rows.get(i));
    }
    return matrix;
  }

  static float[] vector(JsonNode row) {
    float[] vector = new float[row.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) row.get(i).asDouble();
    }
    return vector;
  }

  static double maxDifference(float[][] a, float[][] b) {
    double worst = a.length == b.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < Math.max(a[i].length, b[i].length); j++) {
        double difference = Math.abs(a[i][j] - b[i][j]);
        worst = difference <= worst ? worst : Double.isNaN(difference) ? 1e9 : difference;
      }
    }
    return worst;
  }
}
