package dev.embedlab.input;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds {@code tokenizer.json} for old checkpoints that have only a vocabulary: {@code vocab.txt}
 * of BERT, or {@code vocab.json} and {@code merges.txt} of RoBERTa.
 */
final class LegacyVocabulary {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path folder;
  private final Path file;
  private final ConfigFile config;
  private final ConfigFile map;
  private final String modelType;
  private final ObjectNode root = MAPPER.createObjectNode().put("version", "1.0");

  /**
   * @param file the {@code tokenizer.json} that is not there
   * @param config {@code tokenizer_config.json}
   * @param modelType which decides how pairs are joined
   */
  LegacyVocabulary(Path file, ConfigFile config, String modelType) throws IOException {
    this.file = file;
    this.folder = file.toAbsolutePath().getParent();
    this.config = config;
    this.map = ConfigFile.readIfPresent(folder.resolve("special_tokens_map.json"));
    this.modelType = modelType;
  }

  ObjectNode build() throws IOException {
    if (Files.isRegularFile(folder.resolve("vocab.txt"))) {
      return wordPiece();
    }
    if (Files.isRegularFile(folder.resolve("vocab.json"))
        && Files.isRegularFile(folder.resolve("merges.txt"))) {
      if (modelType.equals("qwen3")) {
        throw new ConfigException(
            file,
            "there is no such file, and vocab.json with merges.txt is read for RoBERTa only; save the "
                + "model with a fast tokenizer in Python.");
      }
      return byteLevel();
    }
    throw new ConfigException(
        file,
        "there is no such file, nor vocab.txt, nor vocab.json with merges.txt; save the model with a "
            + "fast tokenizer in Python.");
  }

  private ObjectNode wordPiece() throws IOException {
    ObjectNode vocabulary = MAPPER.createObjectNode();
    List<String> lines = Files.readAllLines(folder.resolve("vocab.txt"));
    for (int i = 0; i < lines.size(); i++) {
      vocabulary.put(lines.get(i).stripTrailing(), i);
    }
    addSpecial(
        vocabulary,
        Stream.of("pad", "unk", "cls", "sep", "mask")
            .map(role -> special(role, "[%S]".formatted(role)))
            .toList());
    ObjectNode normalizer = root.putObject("normalizer").put("type", "BertNormalizer");
    normalizer.put("clean_text", true);
    normalizer.put("handle_chinese_chars", config.bool("tokenize_chinese_chars", true));
    normalizer.putNull("strip_accents");
    if (config.has("strip_accents")) {
      normalizer.put("strip_accents", config.bool("strip_accents", true));
    }
    normalizer.put("lowercase", config.bool("do_lower_case", true));
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    String cls = special("cls", "[CLS]");
    String sep = special("sep", "[SEP]");
    // MPNet has BERT's pieces and RoBERTa's pairs.
    ObjectNode processor = root.putObject("post_processor");
    if (modelType.equals("mpnet")) {
      processor.put("type", "RobertaProcessing");
      processor.put("trim_offsets", true).put("add_prefix_space", false);
    } else {
      processor.put("type", "BertProcessing");
    }
    processor
        .putPOJO("sep", List.of(sep, id(vocabulary, sep)))
        .putPOJO("cls", List.of(cls, id(vocabulary, cls)));
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    root.putObject("model")
        .put("type", "WordPiece")
        .put("unk_token", special("unk", "[UNK]"))
        .put("continuing_subword_prefix", "##")
        .put("max_input_chars_per_word", 100)
        .set("vocab", vocabulary);
    return root;
  }

  private ObjectNode byteLevel() throws IOException {
    ObjectNode vocabulary = readVocabulary();
    List<String> special =
        List.of(
            special("bos", "<s>"),
            special("pad", "<pad>"),
            special("eos", "</s>"),
            special("unk", "<unk>"),
            special("mask", "<mask>"));
    addSpecial(vocabulary, special);
    boolean prefix = config.bool("add_prefix_space", false);
    byteLevelPart("pre_tokenizer", prefix).put("use_regex", true);
    byteLevelPart("decoder", prefix).put("use_regex", true);
    String cls = special("cls", "<s>");
    String sep = special("sep", "</s>");
    root.putObject("post_processor")
        .put("type", "RobertaProcessing")
        .put("trim_offsets", true)
        .put("add_prefix_space", prefix)
        .putPOJO("sep", List.of(sep, id(vocabulary, sep)))
        .putPOJO("cls", List.of(cls, id(vocabulary, cls)));
    ObjectNode model = root.putObject("model").put("type", "BPE");
    model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "").put("fuse_unk", false);
    model.set("vocab", vocabulary);
    ArrayNode merges = model.putArray("merges");
    Files.readAllLines(folder.resolve("merges.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#version"))
        .forEach(merges::add);
    return root;
  }

  private ObjectNode byteLevelPart(String name, boolean prefix) {
    return root.putObject(name)
        .put("type", "ByteLevel")
        .put("add_prefix_space", prefix)
        .put("trim_offsets", true);
  }

  private ObjectNode readVocabulary() throws IOException {
    Path path = folder.resolve("vocab.json");
    try {
      return MAPPER.readValue(Files.readAllBytes(path), ObjectNode.class);
    } catch (JacksonException e) {
      throw new ConfigException(
          path, "the file is not valid JSON (%s).".formatted(e.getOriginalMessage()));
    }
  }

  /** The token of a role; written as a string, or as an object with its content. */
  private String special(String role, String fallback) {
    String field = role + "_token";
    ConfigFile says = config.has(field) || !map.has(field) ? config : map;
    if (!says.has(field)) {
      return fallback;
    }
    return says.json().get(field).isObject()
        ? says.json().get(field).path("content").asText(fallback)
        : says.requireString(field);
  }

  private void addSpecial(ObjectNode vocabulary, List<String> tokens) {
    ArrayNode added = root.putArray("added_tokens");
    for (String token : tokens) {
      if (vocabulary.has(token)) {
        added
            .addObject()
            .put("id", id(vocabulary, token))
            .put("content", token)
            .put("single_word", false)
            .put("lstrip", token.equals("<mask>"))
            .put("rstrip", false)
            .put("normalized", false)
            .put("special", true);
      }
    }
  }

  private int id(ObjectNode vocabulary, String token) {
    if (!vocabulary.has(token)) {
      throw new ConfigException(
          Files.isRegularFile(folder.resolve("vocab.txt"))
              ? folder.resolve("vocab.txt")
              : folder.resolve("vocab.json"),
          "the vocabulary lacks the special token '%s'.".formatted(token));
    }
    return vocabulary.get(token).asInt();
  }
}
