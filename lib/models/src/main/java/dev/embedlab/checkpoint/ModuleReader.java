package dev.embedlab.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;
import dev.embedlab.nn.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads {@code modules.json} and the configurations it points to, in old and new layout. */
final class ModuleReader {

  private static final String KNOWN =
      "Transformer, StaticEmbedding, Pooling, Dense, Normalize, LayerNorm, Dropout";
  private static final int MAX_WIDTH = 1 << 20;

  private final Path folder;

  ModuleReader(Path folder) {
    this.folder = folder;
  }

  /** The modules in order; a folder without {@code modules.json} is a bare transformer. */
  List<ModuleSpec> read() throws IOException {
    Path file = folder.resolve("modules.json");
    if (!Files.isRegularFile(file)) {
      return bare();
    }
    List<ConfigFile> entries = new ArrayList<>(ConfigFile.readList(file));
    entries.sort(Comparator.comparingInt(entry -> entry.count("idx", 0, 1000)));
    List<ModuleSpec> modules = new ArrayList<>();
    for (ConfigFile entry : entries) {
      modules.add(module(entry));
    }
    check(file, modules);
    return modules;
  }

  /** What sentence-transformers makes of a plain transformers folder. */
  private List<ModuleSpec> bare() throws IOException {
    ConfigFile config = ConfigFile.read(folder.resolve("config.json"));
    String type = config.string("model_type").orElse("");
    if (type.equals("model2vec")) {
      ModuleSpec table = new ModuleSpec.StaticEmbedding("");
      return config.bool("normalize", false)
          ? List.of(table, new ModuleSpec.Normalize(""))
          : List.of(table);
    }
    boolean decoder =
        config.bool("is_causal", true)
            && config.strings("architectures").stream()
                .limit(1)
                .anyMatch(a -> a.endsWith("ForCausalLM"));
    PoolingMode mode = decoder ? PoolingMode.LAST_TOKEN : PoolingMode.MEAN;
    return List.of(
        new ModuleSpec.Transformer(""), new ModuleSpec.Pooling("", 0, List.of(mode), true));
  }

  private ModuleSpec module(ConfigFile entry) throws IOException {
    String type = entry.requireString("type");
    String path = entry.string("path").orElse("");
    checkPath(entry, path);
    String simple = type.substring(type.lastIndexOf('.') + 1);
    if (!type.startsWith("sentence_transformers.")) {
      throw unsupported(entry, type);
    }
    ConfigFile config = ConfigFile.readIfPresent(folder.resolve(path).resolve("config.json"));
    return switch (simple) {
      case "Transformer" -> new ModuleSpec.Transformer(path);
      case "StaticEmbedding" -> new ModuleSpec.StaticEmbedding(path);
      case "Pooling" -> pooling(path, config);
      case "Dense" -> dense(path, config);
      case "Normalize" -> new ModuleSpec.Normalize(path, input(config), output(config));
      case "LayerNorm" ->
          new ModuleSpec.LayerNorm(path, config.requireCount("dimension", MAX_WIDTH));
      case "Dropout" -> new ModuleSpec.Dropout(path, config.number("dropout", 0.2));
      default -> throw unsupported(entry, type);
    };
  }

  private static void checkPath(ConfigFile entry, String path) {
    if (path.contains("\\") || Path.of(path).isAbsolute() || path.matches("(.*/)?\\.\\.(/.*)?")) {
      throw new ConfigException(
          entry.file(), "the module path '%s' leads out of the checkpoint.".formatted(path));
    }
  }

  private static ConfigException unsupported(ConfigFile entry, String type) {
    return new ConfigException(
        entry.file(),
        "the module type '%s' is not supported; the known ones are %s.".formatted(type, KNOWN));
  }

  private static ModuleSpec pooling(String path, ConfigFile config) {
    int dimension =
        config.has("embedding_dimension")
            ? config.requireCount("embedding_dimension", MAX_WIDTH)
            : config.requireCount("word_embedding_dimension", MAX_WIDTH);
    List<PoolingMode> modes = new ArrayList<>();
    if (config.has("pooling_mode")) {
      JsonNode value = config.json().get("pooling_mode");
      List<String> labels =
          value.isTextual() ? List.of(value.textValue()) : config.strings("pooling_mode");
      labels.forEach(label -> modes.add(mode(config, label)));
    } else {
      for (PoolingMode mode : PoolingMode.values()) {
        if (config.bool(mode.flag(), false)) {
          modes.add(mode);
        }
      }
    }
    if (modes.isEmpty()) {
      modes.add(PoolingMode.MEAN);
    }
    return new ModuleSpec.Pooling(path, dimension, modes, config.bool("include_prompt", true));
  }

  private static PoolingMode mode(ConfigFile config, String label) {
    return PoolingMode.labelled(label)
        .orElseThrow(
            () ->
                new ConfigException(
                    config.file(), "'pooling_mode' is the unknown mode '%s'.".formatted(label)));
  }

  private static ModuleSpec dense(String path, ConfigFile config) {
    return new ModuleSpec.Dense(
        path,
        config.requireCount("in_features", MAX_WIDTH),
        config.requireCount("out_features", MAX_WIDTH),
        config.bool("bias", true),
        activation(config),
        config.bool("use_residual", false),
        input(config),
        output(config));
  }

  private static String input(ConfigFile config) {
    return config.string("module_input_name").orElse(ModuleSpec.SENTENCE);
  }

  private static String output(ConfigFile config) {
    return config.string("module_output_name").orElse(input(config));
  }

  /** A function from elsewhere than PyTorch is code that Python does not run either. */
  private static Activation activation(ConfigFile config) {
    String name = config.string("activation_function").orElse("torch.Tanh");
    if (!name.startsWith("torch.")) {
      return Activation.TANH;
    }
    return Activation.named(name)
        .orElseThrow(
            () ->
                new ConfigException(
                    config.file(),
                    "'activation_function' is the unknown function '%s'.".formatted(name)));
  }

  private static void check(Path file, List<ModuleSpec> modules) {
    boolean encoderFirst =
        modules.getFirst() instanceof ModuleSpec.Transformer
            || modules.getFirst() instanceof ModuleSpec.StaticEmbedding;
    long encoders =
        modules.stream()
            .filter(
                m -> m instanceof ModuleSpec.Transformer || m instanceof ModuleSpec.StaticEmbedding)
            .count();
    if (!encoderFirst || encoders != 1) {
      throw new ConfigException(
          file, "the list must begin with its only Transformer or StaticEmbedding.");
    }
  }
}
