package dev.embedlab.vector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Reads what golden_vectors.py wrote. */
public final class Golden {

  private Golden() {}

  public static JsonNode cases(String name) {
    try (InputStream in = Golden.class.getResourceAsStream(name + ".json")) {
      return new ObjectMapper().readTree(in).get("cases");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] bytes(JsonNode node) {
    return Base64.getDecoder().decode(node.get("base64").asText());
  }

  public static float[] floats(JsonNode node) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes(node)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[buffer.remaining() / Float.BYTES];
    buffer.asFloatBuffer().get(values);
    return values;
  }

  public static float[][] matrix(JsonNode node) {
    float[] flat = floats(node);
    float[][] rows = new float[node.get("shape").get(0).asInt()][node.get("shape").get(1).asInt()];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(flat, row * rows[row].length, rows[row], 0, rows[row].length);
    }
    return rows;
  }

  public static int[][] positions(JsonNode node) {
    int[][] rows = new int[node.size()][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = new int[node.get(row).size()];
      for (int i = 0; i < rows[row].length; i++) {
        rows[row][i] = node.get(row).get(i).asInt();
      }
    }
    return rows;
  }
}
