package dev.embedlab.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.config.ConfigFile;
import dev.embedlab.input.TokenizerSettings;
import dev.embedlab.nn.Backbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides maximum length, lower-casing and segments from the three files that speak of them. */
final class TokenizerReader {

  private static final List<String> TRANSFORMER_CONFIGS =
      List.of(
          "sentence_bert_config.json",
          "sentence_roberta_config.json",
          "sentence_distilbert_config.json",
          "sentence_camembert_config.json",
          "sentence_albert_config.json",
          "sentence_xlm-roberta_config.json",
          "sentence_xlnet_config.json");

  private static final Pattern WITH_SEGMENTS =
      Pattern.compile("(Bert|Electra|MobileBert|ConvBert|SqueezeBert|Albert)Tokenizer(Fast)?");

  /** "No limit" is written as numbers beyond any real one, up to 1e30. */
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final Path folder;
  private final ConfigFile tokenizer;

  TokenizerReader(Path folder) throws IOException {
    this.folder = folder;
    this.tokenizer = ConfigFile.readIfPresent(folder.resolve("tokenizer_config.json"));
  }

  /** Settings of a transformer's tokenizer. */
  TokenizerSettings forTransformer(Backbone backbone, long vocabulary) throws IOException {
    ConfigFile config = transformerConfig();
    return new TokenizerSettings(
        folder.resolve("tokenizer.json"),
        maxTokens(config, backbone),
        config.bool("do_lower_case", false),
        true,
        usesTypeIds(backbone),
        cutsLeft(),
        vocabulary,
        specialIds());
  }

  /** {@code tokenizer.json} decides where the configuration is silent. */
  private boolean cutsLeft() throws IOException {
    Optional<String> side = tokenizer.string("truncation_side");
    return side.isPresent()
        ? side.get().equals("left")
        : TokenizerSettings.cutsLeft(folder.resolve("tokenizer.json"));
  }

  /**
   * Settings of a static model's tokenizer: no special tokens, and, as in Python, a limit only if
   * {@code tokenizer.json} itself has one.
   */
  TokenizerSettings forStatic(long vocabulary) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Optional<ConfigFile> truncation =
        ConfigFile.read(file, TokenizerSettings.MAX_BYTES).object("truncation");
    return new TokenizerSettings(
        file,
        truncation.map(t -> t.requireCount("max_length", NO_LIMIT)).orElse(NO_LIMIT),
        false,
        false,
        false,
        truncation.flatMap(t -> t.string("direction")).orElse("Right").equals("Left"),
        vocabulary,
        Set.of());
  }

  ConfigFile transformerConfig() throws IOException {
    for (String name : TRANSFORMER_CONFIGS) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return ConfigFile.read(folder.resolve(name));
      }
    }
    return ConfigFile.readIfPresent(folder.resolve(TRANSFORMER_CONFIGS.getFirst()));
  }

  /**
   * What version 6 hands to the tokenizer wins, then the module's own limit, what older versions
   * hand over, and the tokenizer's; positions bound all.
   */
  private int maxTokens(ConfigFile config, Backbone backbone) {
    int limit =
        handedOver(config, "processor_kwargs")
            .or(() -> ownLimit(config))
            .or(() -> handedOver(config, "tokenizer_args"))
            .orElseGet(() -> limit(tokenizer, "model_max_length"));
    return Math.min(limit, backbone.maxTokens());
  }

  private static Optional<Integer> handedOver(ConfigFile config, String arguments) {
    return config
        .object(arguments)
        .filter(kwargs -> kwargs.has("model_max_length"))
        .map(kwargs -> limit(kwargs, "model_max_length"));
  }

  private static Optional<Integer> ownLimit(ConfigFile config) {
    return config.has("max_seq_length")
        ? Optional.of(limit(config, "max_seq_length"))
        : Optional.empty();
  }

  private static int limit(ConfigFile config, String field) {
    double value = config.number(field, NO_LIMIT);
    return value >= NO_LIMIT ? NO_LIMIT : config.requireCount(field, NO_LIMIT);
  }

  /** If the file does not say, Python's classes of tokenizers do, and only BERT's kind has them. */
  private boolean usesTypeIds(Backbone backbone) {
    List<String> names = tokenizer.strings("model_input_names");
    return names.isEmpty()
        ? tokenizer
            .string("tokenizer_class")
            .map(name -> WITH_SEGMENTS.matcher(name).matches())
            .orElse(backbone.modelType().equals("bert"))
        : names.contains("token_type_ids");
  }

  /** Ids of the tokens marked special in {@code tokenizer.json}. */
  private Set<Long> specialIds() {
    Set<Long> ids = new HashSet<>();
    JsonNode added = tokenizer.json().path("added_tokens_decoder");
    added
        .fieldNames()
        .forEachRemaining(
            id -> {
              if (added.get(id).path("special").asBoolean() && id.matches("\\d{1,9}")) {
                ids.add(Long.valueOf(id));
              }
            });
    return ids;
  }
}
