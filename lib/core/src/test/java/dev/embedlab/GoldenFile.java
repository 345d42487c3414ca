package dev.embedlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.embedlab.data.Ranking;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Values that a script of {@code src/test/python} computed with a reference implementation. */
public final class GoldenFile {

  private GoldenFile() {}

  public static JsonNode cases(String file) throws IOException {
    try (InputStream in = GoldenFile.class.getResourceAsStream("/golden/" + file)) {
      return new ObjectMapper().readTree(in).get("cases");
    }
  }

  public static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  public static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  /** A ranking from {@code {id: score}}, in the order of the file. */
  public static Ranking ranking(JsonNode run) {
    List<String> ids = new ArrayList<>();
    float[] scores = new float[run.size()];
    for (Map.Entry<String, JsonNode> hit : run.properties()) {
      scores[ids.size()] = (float) hit.getValue().asDouble();
      ids.add(hit.getKey());
    }
    return new Ranking(ids, scores);
  }

  /** Judgements of one query from {@code {id: grade}}. */
  public static Map<String, Integer> grades(JsonNode qrel) {
    Map<String, Integer> grades = new LinkedHashMap<>();
    qrel.properties().forEach(entry -> grades.put(entry.getKey(), entry.getValue().asInt()));
    return grades;
  }
}
