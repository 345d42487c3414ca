package dev.embedlab.input;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads {@code tokenizer.json} and, where the checkpoint asks for it, adds lower-casing. */
final class TokenizerJson {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final long MAX_BYTES = 256L << 20;

  private TokenizerJson() {}

  static byte[] read(Path file, boolean lowerCase) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ConfigException(
          file,
          "there is no such file; save the model with a fast tokenizer (tokenizer.json) in Python.");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new ConfigException(file, "the file is larger than 256 MiB.");
    }
    byte[] json = Files.readAllBytes(file);
    return lowerCase ? withLowerCase(file, json) : json;
  }

  private static byte[] withLowerCase(Path file, byte[] json) throws IOException {
    try {
      ObjectNode root = MAPPER.readValue(json, ObjectNode.class);
      JsonNode normalizer = root.path("normalizer");
      if (!lowerCases(normalizer)) {
        root.set("normalizer", prepended(normalizer));
      }
      return MAPPER.writeValueAsBytes(root);
    } catch (JacksonException e) {
      throw new ConfigException(
          file, "the file is not valid JSON (%s).".formatted(e.getOriginalMessage()));
    }
  }

  /** Looks where the reference looks, so that a text is never lower-cased differently. */
  private static boolean lowerCases(JsonNode normalizer) {
    if (isLowerCase(normalizer)) {
      return true;
    }
    for (JsonNode part : normalizer.path("normalizers")) {
      if (isLowerCase(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLowerCase(JsonNode normalizer) {
    return normalizer.path("type").asText().equals("Lowercase");
  }

  private static ObjectNode prepended(JsonNode normalizer) {
    ObjectNode sequence = MAPPER.createObjectNode().put("type", "Sequence");
    ArrayNode parts = sequence.putArray("normalizers");
    parts.addObject().put("type", "Lowercase");
    if (normalizer.path("type").asText().equals("Sequence")) {
      normalizer.path("normalizers").forEach(parts::add);
    } else if (normalizer.isObject()) {
      parts.add(normalizer);
    }
    return sequence;
  }
}
