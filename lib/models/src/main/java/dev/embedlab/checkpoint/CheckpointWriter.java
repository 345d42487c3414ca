package dev.embedlab.checkpoint;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.config.ConfigFile;
import dev.embedlab.safetensors.DType;
import dev.embedlab.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Writes a checkpoint in the layout that sentence-transformers 3 to 6 read. */
final class CheckpointWriter {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String CLASSES = "sentence_transformers.models.";

  /** Whatever of these the source folder has belongs to the tokenizer and is copied. */
  private static final List<String> TOKENIZER_FILES =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.txt",
          "vocab.json",
          "merges.txt",
          "sentencepiece.bpe.model");

  private final Checkpoint checkpoint;

  CheckpointWriter(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  void write(Path folder, ModelCard card) throws IOException {
    checkpoint.requireWeights("saved; copy its folder");
    Files.createDirectories(folder);
    writeEncoder(folder);
    if (checkpoint.network().head().isEmpty()) {
      writeModules(folder);
    }
    writeJson(folder.resolve("config_sentence_transformers.json"), sentenceConfig());
    writeText(folder.resolve("README.md"), card.markdown());
  }

  /** The encoder goes to the root of the new folder, wherever it was in the old one. */
  private void writeEncoder(Path folder) throws IOException {
    Path source = checkpoint.folder().resolve(checkpoint.modules().getFirst().path());
    SafetensorsWriter writer = new SafetensorsWriter();
    checkpoint
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (!name.contains("/")) {
                String stored = isBackbone(name) ? headPrefix() + name : name;
                writer.add(
                    stored,
                    DType.F32,
                    parameter.getArray().getShape().getShape(),
                    () -> parameter.getArray().toByteBuffer());
              }
            });
    writer.write(folder.resolve("model.safetensors"));
    for (String file : TOKENIZER_FILES) {
      if (Files.isRegularFile(source.resolve(file))) {
        copy(source.resolve(file), folder.resolve(file));
      }
    }
    if (Files.isRegularFile(source.resolve("config.json"))) {
      writeJson(folder.resolve("config.json"), encoderConfig(source));
    }
    if (checkpoint.modules().getFirst() instanceof ModuleSpec.Transformer) {
      writeJson(folder.resolve("sentence_bert_config.json"), transformerConfig(source));
    }
  }

  private boolean isBackbone(String name) {
    return checkpoint.network().backbone().tensors().stream()
        .anyMatch(spec -> spec.name().equals(name));
  }

  /** Classifiers keep their encoder behind a prefix, which plain encoders must not have. */
  private String headPrefix() {
    return checkpoint.network().head().isPresent() ? checkpoint.report().prefix() : "";
  }

  /** Weights are saved as 32-bit floats, so the type in the configuration follows. */
  private static JsonNode encoderConfig(Path source) throws IOException {
    ObjectNode config = ConfigFile.read(source.resolve("config.json")).json().deepCopy();
    for (String field : List.of("dtype", "torch_dtype")) {
      if (config.has(field)) {
        config.put(field, "float32");
      }
    }
    return config;
  }

  private JsonNode transformerConfig(Path source) throws IOException {
    ObjectNode config =
        MAPPER
            .createObjectNode()
            .put("max_seq_length", checkpoint.tokenizerSettings().maxTokens())
            .put("do_lower_case", checkpoint.tokenizerSettings().lowerCase());
    JsonNode old = new TokenizerReader(source).transformerConfig().json();
    if (checkpoint.network().head().isPresent() && old.has("transformer_task")) {
      ((ObjectNode) old.deepCopy()).properties().forEach(e -> config.set(e.getKey(), e.getValue()));
    }
    return config;
  }

  private void writeModules(Path folder) throws IOException {
    ArrayNode list = MAPPER.createArrayNode();
    for (int i = 0; i < checkpoint.modules().size(); i++) {
      ModuleSpec module = checkpoint.modules().get(i);
      String kind = module.getClass().getSimpleName();
      String path = i == 0 ? "" : i + "_" + kind;
      list.addObject()
          .put("idx", i)
          .put("name", Integer.toString(i))
          .put("path", path)
          .put("type", CLASSES + kind);
      if (i > 0) {
        writeModule(folder.resolve(path), module);
      }
    }
    writeJson(folder.resolve("modules.json"), list);
  }

  private void writeModule(Path folder, ModuleSpec module) throws IOException {
    Files.createDirectories(folder);
    JsonNode config = ModuleConfigs.of(module, checkpoint);
    if (!config.isEmpty()) {
      writeJson(folder.resolve("config.json"), config);
    }
    String own = module.path() + "/";
    SafetensorsWriter writer = new SafetensorsWriter();
    boolean[] any = {false};
    checkpoint
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (name.startsWith(own) && !ModuleWeights.of(module).isEmpty()) {
                any[0] = true;
                writer.add(
                    name.substring(own.length()),
                    DType.F32,
                    parameter.getArray().getShape().getShape(),
                    () -> parameter.getArray().toByteBuffer());
              }
            });
    if (any[0]) {
      writer.write(folder.resolve("model.safetensors"));
    }
  }

  private JsonNode sentenceConfig() {
    SentenceConfig config = checkpoint.config();
    ObjectNode node = MAPPER.createObjectNode();
    if (checkpoint.network().head().isPresent()) {
      return crossEncoderConfig(node);
    }
    node.putObject("__version__");
    node.putPOJO("prompts", config.prompts());
    node.put("default_prompt_name", config.defaultPrompt().orElse(null));
    node.put("similarity_fn_name", config.similarity().name().toLowerCase(Locale.ROOT));
    if (config.truncateDim() > 0) {
      node.put("truncate_dim", config.truncateDim());
    }
    return node;
  }

  private JsonNode crossEncoderConfig(ObjectNode node) {
    node.putObject("__version__");
    node.put("model_type", "CrossEncoder");
    node.put("activation_fn", CrossEncoderActivation.of(checkpoint).torchClass());
    node.putPOJO("prompts", checkpoint.config().prompts());
    node.put("default_prompt_name", checkpoint.config().defaultPrompt().orElse(null));
    return node;
  }

  private static void writeJson(Path file, JsonNode node) throws IOException {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    writeText(file, MAPPER.writer(printer).writeValueAsString(node) + "\n");
  }

  private static void writeText(Path file, String text) throws IOException {
    Path temporary = temporary(file);
    try {
      Files.writeString(temporary, text, StandardCharsets.UTF_8);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void copy(Path source, Path target) throws IOException {
    if (Files.exists(target) && Files.isSameFile(source, target)) {
      return;
    }
    Path temporary = temporary(target);
    try {
      Files.copy(source, temporary);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path temporary(Path file) {
    return file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
  }
}
