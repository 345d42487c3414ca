package dev.embedlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
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
}
