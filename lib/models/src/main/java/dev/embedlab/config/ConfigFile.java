package dev.embedlab.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One JSON object of a configuration file, or an object inside it. A field that is {@code null} in
 * the file counts as absent, as in Python.
 */
public final class ConfigFile {

  private static final long MAX_BYTES = 32L << 20;

  /** Python writes NaN and Infinity into JSON, so they must be readable. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(100).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private final Path file;
  private final JsonNode node;

  private ConfigFile(Path file, JsonNode node) {
    this.file = file;
    this.node = node;
  }

  /**
   * Reads a file whose root is an object.
   *
   * @throws ConfigException if it is missing, too large or not a JSON object
   */
  public static ConfigFile read(Path file) throws IOException {
    return read(file, MAX_BYTES);
  }

  /** As {@link #read(Path)}, for files that may be larger than configurations are. */
  public static ConfigFile read(Path file, long maxBytes) throws IOException {
    JsonNode root = tree(file, maxBytes);
    if (!root.isObject()) {
      throw new ConfigException(file, "the file is not a JSON object.");
    }
    return new ConfigFile(file, root);
  }

  /** Reads a file, or gives an empty object if there is none. */
  public static ConfigFile readIfPresent(Path file) throws IOException {
    return Files.isRegularFile(file) ? read(file) : new ConfigFile(file, MAPPER.createObjectNode());
  }

  /** Reads a file whose root is a list of objects. */
  public static List<ConfigFile> readList(Path file) throws IOException {
    JsonNode root = tree(file, MAX_BYTES);
    List<ConfigFile> elements = new ArrayList<>();
    for (JsonNode element : root) {
      if (!root.isArray() || !element.isObject()) {
        throw new ConfigException(file, "the file is not a JSON list of objects.");
      }
      elements.add(new ConfigFile(file, element));
    }
    if (elements.isEmpty()) {
      throw new ConfigException(file, "the list is empty.");
    }
    return elements;
  }

  private static JsonNode tree(Path file, long maxBytes) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ConfigException(file, "there is no such file.");
    }
    if (Files.size(file) > maxBytes) {
      throw new ConfigException(file, "the file is larger than %d MiB.".formatted(maxBytes >> 20));
    }
    try {
      return MAPPER.readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      throw new ConfigException(
          file, "the file is not valid JSON (%s).".formatted(e.getOriginalMessage()), e);
    }
  }

  public Path file() {
    return file;
  }

  /** The Jackson tree, for what the typed methods do not cover. */
  public JsonNode json() {
    return node;
  }

  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  public Optional<String> string(String field) {
    if (!has(field)) {
      return Optional.empty();
    }
    return Optional.of(checked(field, node.get(field).isTextual(), "a string").textValue());
  }

  /**
   * @throws ConfigException if the field is absent
   */
  public String requireString(String field) {
    return string(field).orElseThrow(() -> missing(field));
  }

  public boolean bool(String field, boolean fallback) {
    if (!has(field)) {
      return fallback;
    }
    return checked(field, node.get(field).isBoolean(), "true or false").booleanValue();
  }

  public double number(String field, double fallback) {
    if (!has(field)) {
      return fallback;
    }
    return checked(field, node.get(field).isNumber(), "a number").doubleValue();
  }

  /**
   * @param max largest value that makes sense, so that a damaged file cannot ask for terabytes
   */
  public int count(String field, int fallback, int max) {
    if (!has(field)) {
      return fallback;
    }
    JsonNode value = node.get(field);
    boolean whole = value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
    checked(field, whole, "a whole number");
    if (value.doubleValue() < 0 || value.doubleValue() > max) {
      throw new ConfigException(
          file, "'%s' is %s, but must be 0 to %d.".formatted(field, value, max));
    }
    return (int) value.doubleValue();
  }

  /** As {@link #count}, but the field must be there and positive. */
  public int requireCount(String field, int max) {
    if (!has(field)) {
      throw missing(field);
    }
    int value = count(field, 0, max);
    if (value == 0) {
      throw new ConfigException(file, "'%s' is 0, but must be positive.".formatted(field));
    }
    return value;
  }

  /** The strings of a list; empty if the field is absent. */
  public List<String> strings(String field) {
    List<String> values = new ArrayList<>();
    if (has(field)) {
      for (JsonNode element : checked(field, node.get(field).isArray(), "a list of strings")) {
        checked(field, element.isTextual(), "a list of strings");
        values.add(element.textValue());
      }
    }
    return values;
  }

  /** The object in a field, if there is one. */
  public Optional<ConfigFile> object(String field) {
    if (!has(field)) {
      return Optional.empty();
    }
    return Optional.of(
        new ConfigFile(file, checked(field, node.get(field).isObject(), "an object")));
  }

  private JsonNode checked(String field, boolean good, String expected) {
    if (!good) {
      String found = node.get(field).toString();
      throw new ConfigException(
          file,
          "'%s' is %s, but must be %s."
              .formatted(
                  field, found.length() > 60 ? found.substring(0, 60) + "..." : found, expected));
    }
    return node.get(field);
  }

  private ConfigException missing(String field) {
    return new ConfigException(file, "'%s' is missing.".formatted(field));
  }
}
