package dev.embedlab.checkpoint;

import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;
import dev.embedlab.encode.Prompt;
import dev.embedlab.encode.Role;
import dev.embedlab.encode.Similarity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code config_sentence_transformers.json}.
 *
 * @param prompts name to text
 * @param defaultPrompt name of the prompt that texts get when none is asked for
 * @param similarity how vectors are compared
 * @param truncateDim keep this many dimensions; 0 keeps all
 */
public record SentenceConfig(
    Map<String, String> prompts,
    Optional<String> defaultPrompt,
    Similarity similarity,
    int truncateDim) {

  private static final List<String> DOCUMENT_NAMES = List.of("document", "passage", "corpus");

  public SentenceConfig {
    prompts = Collections.unmodifiableMap(new LinkedHashMap<>(prompts));
  }

  /** No prompts, cosine similarity, all dimensions. */
  public static SentenceConfig defaults() {
    return new SentenceConfig(Map.of(), Optional.empty(), Similarity.COSINE, 0);
  }

  /** The same with other prompts. */
  public SentenceConfig withPrompts(Map<String, String> values) {
    return new SentenceConfig(values, defaultPrompt, similarity, truncateDim);
  }

  static SentenceConfig read(ConfigFile config) {
    Map<String, String> prompts = new LinkedHashMap<>();
    config
        .object("prompts")
        .ifPresent(
            object ->
                object
                    .json()
                    .fieldNames()
                    .forEachRemaining(name -> prompts.put(name, object.string(name).orElse(""))));
    Optional<String> fallback = config.string("default_prompt_name");
    if (fallback.isPresent() && !prompts.containsKey(fallback.get())) {
      throw new ConfigException(
          config.file(),
          "'default_prompt_name' is '%s', but the prompts are %s."
              .formatted(fallback.get(), prompts.keySet()));
    }
    return new SentenceConfig(
        prompts, fallback, similarity(config), config.count("truncate_dim", 0, 1 << 20));
  }

  private static Similarity similarity(ConfigFile config) {
    String name = config.string("similarity_fn_name").orElse("cosine");
    return switch (name) {
      case "cosine" -> Similarity.COSINE;
      case "dot", "dot_score" -> Similarity.DOT;
      case "euclidean" -> Similarity.EUCLIDEAN;
      case "manhattan" -> Similarity.MANHATTAN;
      default ->
          throw new ConfigException(
              config.file(), "'similarity_fn_name' is the unknown '%s'.".formatted(name));
    };
  }

  /**
   * The text to put in front of each input, as sentence-transformers' encode, encode_query and
   * encode_document choose it.
   *
   * @throws IllegalArgumentException if the model has no prompt of that name
   */
  String resolve(Prompt prompt, Role role) {
    return switch (prompt) {
      case Prompt.Text(String text) -> text;
      case Prompt.None() -> "";
      case Prompt.Named(String name) -> named(name);
      case Prompt.ModelDefault() -> modelDefault(role);
    };
  }

  private String named(String name) {
    String text = prompts.get(name);
    if (text == null) {
      throw new IllegalArgumentException(
          "The model has no prompt '%s'; it has %s.".formatted(name, prompts.keySet()));
    }
    return text;
  }

  private String modelDefault(Role role) {
    List<String> candidates =
        switch (role) {
          case QUERY -> List.of("query");
          case DOCUMENT -> DOCUMENT_NAMES;
          case NONE -> List.of();
        };
    return candidates.stream()
        .filter(prompts::containsKey)
        .findFirst()
        .or(() -> defaultPrompt)
        .map(prompts::get)
        .orElse("");
  }
}
