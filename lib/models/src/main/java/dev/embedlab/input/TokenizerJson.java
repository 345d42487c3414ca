package dev.embedlab.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
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
import java.util.Map;

/**
 * Gives the tokenizer of a transformer as {@code tokenizer.json} text, after applying what {@code
 * tokenizer_config.json} and the module's own configuration say otherwise.
 */
final class TokenizerJson {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** Tokenizer classes of Python that let their own options win over the file. */
  private static final List<String> BERT_LIKE =
      List.of("BertTokenizer", "DistilBertTokenizer", "MPNetTokenizer", "ElectraTokenizer");

  private static final String ROBERTA = "RobertaTokenizer";

  /** What Python takes where no class is named. */
  private static final Map<String, String> BY_MODEL =
      Map.of(
          "bert", "BertTokenizer",
          "distilbert", "DistilBertTokenizer",
          "mpnet", "MPNetTokenizer",
          "roberta", ROBERTA);

  private final Path file;
  private final ConfigFile config;
  private final ConfigFile model;

  private TokenizerJson(Path file) throws IOException {
    this.file = file;
    this.config = ConfigFile.readIfPresent(file.resolveSibling("tokenizer_config.json"));
    this.model = ConfigFile.readIfPresent(file.resolveSibling("config.json"));
  }

  /** The file as it is, for static models. */
  static byte[] readPlain(Path file) throws IOException {
    return new TokenizerJson(file).fields().bytes();
  }

  /**
   * The tokenizer of a transformer.
   *
   * @param lowerCase whether everything is lower-cased first
   */
  static byte[] read(Path file, boolean lowerCase) throws IOException {
    TokenizerJson reader = new TokenizerJson(file);
    JsonFields fields = Files.isRegularFile(file) ? reader.ofClass() : reader.legacy();
    JsonNode present = fields.get("added_tokens");
    ArrayNode added = AddedTokens.completed(present, file, reader.config);
    if (added.size() > present.size()) {
      fields.set("added_tokens", added);
    }
    if (lowerCase && !lowerCases(fields.get("normalizer"))) {
      fields.set("normalizer", prepended(fields.get("normalizer")));
    }
    return fields.bytes();
  }

  private JsonFields legacy() throws IOException {
    ObjectNode built = new LegacyVocabulary(file, config, modelType()).build();
    return new JsonFields(file, MAPPER.writeValueAsBytes(built));
  }

  private String modelType() {
    return model.string("model_type").orElse("");
  }

  /** Without its decoder: encoding needs none, and the native one may end the process over it. */
  private JsonFields fields() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ConfigException(file, "there is no such file.");
    }
    if (Files.size(file) > TokenizerSettings.MAX_BYTES) {
      throw new ConfigException(file, "the file is larger than 256 MiB.");
    }
    byte[] content = Files.readAllBytes(file);
    requireUnicode(content);
    JsonFields fields = new JsonFields(file, content);
    fields.set("decoder", NullNode.getInstance());
    Charsmap.check(fields.get("normalizer"), file);
    return fields;
  }

  /** The native tokenizer ends the process over bytes that are not UTF-8. */
  private void requireUnicode(byte[] content) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
    } catch (CharacterCodingException e) {
      throw new ConfigException(file, "the file is not UTF-8.");
    }
  }

  /** With what the class of the tokenizer says otherwise, by its own defaults too. */
  private JsonFields ofClass() throws IOException {
    JsonFields fields = fields();
    String kind =
        config
            .string("tokenizer_class")
            .map(name -> name.replaceFirst("Fast$", ""))
            .orElseGet(() -> BY_MODEL.getOrDefault(modelType(), ""));
    if (BERT_LIKE.contains(kind)
        && fields.get("normalizer") instanceof ObjectNode normalizer
        && isOfType(normalizer, "BertNormalizer")) {
      normalizer.put("lowercase", config.bool("do_lower_case", true));
      normalizer.put("handle_chinese_chars", config.bool("tokenize_chinese_chars", true));
      if (config.has("strip_accents")) {
        normalizer.put("strip_accents", config.bool("strip_accents", true));
      } else {
        normalizer.putNull("strip_accents");
      }
      fields.set("normalizer", normalizer);
    }
    if (kind.equals(ROBERTA)
        && fields.get("pre_tokenizer") instanceof ObjectNode cutter
        && isOfType(cutter, "ByteLevel")) {
      fields.set(
          "pre_tokenizer", cutter.put("add_prefix_space", config.bool("add_prefix_space", false)));
    }
    return fields;
  }

  private static boolean isOfType(JsonNode part, String type) {
    return part.path("type").asText().equals(type);
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
    return isOfType(normalizer, "Lowercase");
  }

  private static ObjectNode prepended(JsonNode normalizer) {
    ObjectNode sequence = MAPPER.createObjectNode().put("type", "Sequence");
    ArrayNode parts = sequence.putArray("normalizers");
    parts.addObject().put("type", "Lowercase");
    if (isOfType(normalizer, "Sequence")) {
      normalizer.path("normalizers").forEach(parts::add);
    } else if (normalizer.isObject()) {
      parts.add(normalizer);
    }
    return sequence;
  }
}
