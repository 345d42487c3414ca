package dev.embedlab.input;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.embedlab.config.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of a JSON object as bytes. Those that are set anew are replaced, all other bytes stay
 * as they are, since scores must keep their digits.
 */
final class JsonFields {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** Where a value lies. */
  private record Span(int start, int end) {}

  private final Path file;
  private final byte[] content;
  private final int start;
  private final Map<String, Span> spans = new LinkedHashMap<>();
  private final Map<String, JsonNode> changes = new LinkedHashMap<>();

  /**
   * @param file named where the content is no JSON object
   */
  JsonFields(Path file, byte[] content) throws IOException {
    this.file = file;
    this.content = content;
    try (JsonParser parser = MAPPER.createParser(content)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ConfigException(file, "the file is not a JSON object.");
      }
      start = (int) parser.currentLocation().getByteOffset();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        spans.put(field, new Span(from, (int) parser.currentLocation().getByteOffset()));
      }
    } catch (JacksonException e) {
      throw notJson(e);
    }
  }

  private ConfigException notJson(JacksonException e) {
    return new ConfigException(
        file, "the file is not valid JSON (%s).".formatted(e.getOriginalMessage()));
  }

  /** The value of a field near the beginning of a file, without reading on. */
  static JsonNode first(Path file, String field) throws IOException {
    try (JsonParser parser = MAPPER.createParser(file.toFile())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(field);
        parser.nextToken();
        if (found) {
          return parser.readValueAsTree();
        }
        parser.skipChildren();
      }
    } catch (JacksonException e) {
      // Whoever reads all of the file says so.
      return NullNode.getInstance();
    }
    return NullNode.getInstance();
  }

  /** The value of a field; null in JSON's sense if there is none. */
  JsonNode get(String field) throws IOException {
    if (changes.containsKey(field)) {
      return changes.get(field);
    }
    Span span = spans.get(field);
    if (span == null) {
      return NullNode.getInstance();
    }
    try {
      return MAPPER.readTree(content, span.start(), span.end() - span.start());
    } catch (JacksonException e) {
      throw notJson(e);
    }
  }

  void set(String field, JsonNode value) {
    changes.put(field, value);
  }

  /** The object with its changes; fields that were not there come last. */
  byte[] bytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 1024);
    int at = 0;
    for (Map.Entry<String, Span> field : spans.entrySet()) {
      JsonNode change = changes.get(field.getKey());
      if (change != null) {
        out.write(content, at, field.getValue().start() - at);
        out.write(MAPPER.writeValueAsBytes(change));
        at = field.getValue().end();
      }
    }
    int end = spans.values().stream().mapToInt(Span::end).max().orElse(start);
    out.write(content, at, Math.max(0, end - at));
    String separator = spans.isEmpty() ? "" : ",";
    for (Map.Entry<String, JsonNode> change : changes.entrySet()) {
      if (!spans.containsKey(change.getKey())) {
        String name = separator + MAPPER.writeValueAsString(change.getKey()) + ":";
        out.write(name.getBytes(StandardCharsets.UTF_8));
        out.write(MAPPER.writeValueAsBytes(change.getValue()));
        separator = ",";
      }
    }
    out.write(content, end, content.length - end);
    return out.toByteArray();
  }
}
