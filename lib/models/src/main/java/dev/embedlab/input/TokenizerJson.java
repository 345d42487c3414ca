package dev.embedlab.input;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Gives the tokenizer of a transformer as {@code tokenizer.json} text, after applying what {@code
 * tokenizer_config.json} and the module's own configuration say otherwise.
 */
final class TokenizerJson {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** Tokenizer classes of Python that let their own options win over the file. */
  private static final List<String> BERT_LIKE =
      List.of("BertTokenizer", "DistilBertTokenizer", "MPNetTokenizer", "ElectraTokenizer");

  private final Path file;
  private final ConfigFile config;

  private TokenizerJson(Path file) throws IOException {
    this.file = file;
    this.config = ConfigFile.readIfPresent(file.resolveSibling("tokenizer_config.json"));
  }

  /** The file as it is, for static models. */
  static byte[] readPlain(Path file) throws IOException {
    return new TokenizerJson(file).content();
  }

  /**
   * The tokenizer of a transformer.
   *
   * @param lowerCase whether everything is lower-cased first
   */
  static byte[] read(Path file, boolean lowerCase) throws IOException {
    TokenizerJson reader = new TokenizerJson(file);
    if (!Files.isRegularFile(file)) {
      return reader.withLowerCase(new LegacyVocabulary(file, reader.config).build(), lowerCase);
    }
    byte[] json = reader.content();
    return lowerCase || reader.overridesNormalizer()
        ? reader.withLowerCase(reader.overridden(reader.parse(json)), lowerCase)
        : json;
  }

  private byte[] content() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ConfigException(file, "there is no such file.");
    }
    if (Files.size(file) > TokenizerSettings.MAX_BYTES) {
      throw new ConfigException(file, "the file is larger than 256 MiB.");
    }
    byte[] content = Files.readAllBytes(file);
    requireUnicode(content);
    return withoutDecoder(content);
  }

  /**
   * Checks that the file is JSON, and replaces its decoder by null: encoding needs none, and the
   * native tokenizer ends the process over a decoder it does not understand. All other bytes stay,
   * since scores must keep their digits.
   */
  private byte[] withoutDecoder(byte[] content) throws IOException {
    int start = -1;
    int end = -1;
    try (JsonParser parser = MAPPER.createParser(content)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ConfigException(file, "the file is not a JSON object.");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isDecoder = parser.currentName().equals("decoder");
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        if (isDecoder) {
          start = from;
          end = (int) parser.currentLocation().getByteOffset();
        }
      }
    } catch (JacksonException e) {
      throw new ConfigException(
          file, "the file is not valid JSON (%s).".formatted(e.getOriginalMessage()));
    }
    return start < 0 ? content : spliced(content, start, end);
  }

  private static byte[] spliced(byte[] content, int start, int end) {
    byte[] nothing = "null".getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(start + nothing.length + content.length - end)
        .put(content, 0, start)
        .put(nothing)
        .put(content, end, content.length - end)
        .array();
  }

  /** The native tokenizer ends the process over bytes that are not UTF-8. */
  private void requireUnicode(byte[] content) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
    } catch (CharacterCodingException e) {
      throw new ConfigException(file, "the file is not UTF-8.");
    }
  }

  private ObjectNode parse(byte[] json) throws IOException {
    try {
      return MAPPER.readValue(json, ObjectNode.class);
    } catch (JacksonException e) {
      throw new ConfigException(
          file, "the file is not valid JSON (%s).".formatted(e.getOriginalMessage()));
    }
  }

  private boolean overridesNormalizer() {
    String kind = config.string("tokenizer_class").orElse("").replaceFirst("Fast$", "");
    return BERT_LIKE.contains(kind)
        && (config.has("do_lower_case")
            || config.has("strip_accents")
            || config.has("tokenize_chinese_chars"));
  }

  private ObjectNode overridden(ObjectNode root) {
    if (overridesNormalizer()
        && root.path("normalizer") instanceof ObjectNode normalizer
        && normalizer.path("type").asText().equals("BertNormalizer")) {
      put(normalizer, "lowercase", "do_lower_case");
      put(normalizer, "strip_accents", "strip_accents");
      put(normalizer, "handle_chinese_chars", "tokenize_chinese_chars");
    }
    return root;
  }

  private void put(ObjectNode normalizer, String field, String option) {
    if (config.has(option)) {
      normalizer.put(field, config.bool(option, true));
    }
  }

  private byte[] withLowerCase(ObjectNode root, boolean lowerCase) throws IOException {
    JsonNode normalizer = root.path("normalizer");
    if (lowerCase && !lowerCases(normalizer)) {
      root.set("normalizer", prepended(normalizer));
    }
    return MAPPER.writeValueAsBytes(root);
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
