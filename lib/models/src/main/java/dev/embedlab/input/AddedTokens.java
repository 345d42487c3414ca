package dev.embedlab.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tokens that Python adds to those of {@code tokenizer.json}: from {@code tokenizer_config.json},
 * {@code added_tokens.json} and {@code special_tokens_map.json}, in this order. They are cut out of
 * a text before anything else.
 */
final class AddedTokens {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final List<String> ROLES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token",
          "additional_special_tokens",
          "extra_special_tokens");

  private final ArrayNode tokens = MAPPER.createArrayNode();
  private final Set<String> contents = new HashSet<>();

  private AddedTokens(JsonNode present) {
    for (JsonNode token : present) {
      tokens.add(token);
      contents.add(token.path("content").asText());
    }
  }

  /**
   * @param present the {@code added_tokens} of {@code tokenizer.json}
   * @param file {@code tokenizer.json}
   * @param config {@code tokenizer_config.json}
   * @return those, and what the files beside it add; numbers are given by the tokenizer
   */
  static ArrayNode completed(JsonNode present, Path file, ConfigFile config) throws IOException {
    ConfigFile plain = ConfigFile.readIfPresent(file.resolveSibling("added_tokens.json"));
    ConfigFile map = ConfigFile.readIfPresent(file.resolveSibling("special_tokens_map.json"));
    AddedTokens added = new AddedTokens(present);
    config.object("added_tokens_decoder").ifPresent(added::addNumbered);
    added.addPlain(plain);
    added.addSpecial(config);
    added.addSpecial(map);
    return added.tokens;
  }

  /** Number to token. */
  private void addNumbered(ConfigFile decoder) {
    decoder.json().properties().stream()
        .filter(entry -> entry.getKey().matches("\\d{1,9}"))
        .sorted(Comparator.comparingInt(entry -> Integer.parseInt(entry.getKey())))
        .forEach(entry -> add(entry.getValue(), entry.getValue().path("special").asBoolean()));
  }

  /** Content to number. */
  private void addPlain(ConfigFile numbers) {
    numbers.json().properties().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue().asInt()))
        .map(Map.Entry::getKey)
        .forEach(
            content ->
                add(
                    MAPPER.createObjectNode().put("content", content).put("normalized", true),
                    false));
  }

  private void addSpecial(ConfigFile config) {
    ROLES.stream()
        .map(role -> config.json().path(role))
        .flatMap(AddedTokens::single)
        .forEach(token -> add(token, true));
  }

  /** A token is a string or an object with its content; several are a list, or named. */
  private static Stream<JsonNode> single(JsonNode value) {
    boolean several = value.isArray() || value.isObject() && !value.has("content");
    return several ? value.valueStream() : Stream.of(value);
  }

  private void add(JsonNode token, boolean special) {
    String content = token.isObject() ? token.path("content").asText() : token.asText();
    if (content.isEmpty() || !(token.isObject() || token.isTextual()) || !contents.add(content)) {
      return;
    }
    ObjectNode entry = tokens.addObject().put("id", 0).put("content", content);
    for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      entry.put(flag, token.path(flag).asBoolean());
    }
    entry.put("special", special);
  }
}
