package dev.embedlab.checkpoint;

import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;
import dev.embedlab.engine.Weights;
import dev.embedlab.input.TextTokenizer;
import dev.embedlab.input.TokenizerSettings;
import dev.embedlab.nn.Backbone;
import dev.embedlab.nn.Backbones;
import dev.embedlab.nn.ClassificationHead;
import dev.embedlab.nn.Network;
import dev.embedlab.nn.StaticBackbone;
import dev.embedlab.nn.TensorSpec;
import dev.embedlab.safetensors.TensorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a checkpoint folder. Everything is checked before the weights are copied. */
final class CheckpointReader {

  private final String name;
  private final Path folder;
  private final OpenOptions options;

  CheckpointReader(String name, Path folder, OpenOptions options) {
    this.name = name;
    this.folder = folder;
    this.options = options;
  }

  /** Reads a bi-encoder. */
  Checkpoint readEncoder() throws IOException {
    requireFolder();
    if (isCrossEncoder()) {
      throw new ConfigException(
          folder, "this is a cross-encoder, which scores pairs; open it with openCrossEncoder.");
    }
    List<ModuleSpec> modules = options.pooled(folder, new ModuleReader(folder).read());
    ModuleSpec first = modules.getFirst();
    return switch (first) {
      case ModuleSpec.StaticEmbedding table -> readStatic(table, modules);
      default -> readTransformer(first.path(), modules, false);
    };
  }

  /** Reads a cross-encoder. */
  Checkpoint readCrossEncoder() throws IOException {
    requireFolder();
    if (!isCrossEncoder()) {
      throw new ConfigException(
          folder,
          "this is not a cross-encoder: config.json names no ...ForSequenceClassification.");
    }
    requireClassifier();
    return readTransformer("", List.of(new ModuleSpec.Transformer("")), true);
  }

  /** Version 6 also saves rerankers that read their score off a language model's next word. */
  private void requireClassifier() throws IOException {
    Path file = folder.resolve("modules.json");
    if (!Files.isRegularFile(file)) {
      return;
    }
    for (ConfigFile module : ConfigFile.readList(file)) {
      if (module.string("type").orElse("").endsWith(".LogitScore")) {
        throw new ConfigException(
            file,
            "rerankers that score by a language model's next word (LogitScore) are not supported; take "
                + "one that was saved for sequence classification.");
      }
    }
  }

  private void requireFolder() {
    if (!Files.isDirectory(folder)) {
      throw new ConfigException(folder, "there is no such folder.");
    }
  }

  boolean isCrossEncoder() throws IOException {
    ConfigFile sentence =
        ConfigFile.readIfPresent(folder.resolve("config_sentence_transformers.json"));
    if (sentence.has("model_type")) {
      return sentence.requireString("model_type").equals("CrossEncoder");
    }
    List<String> names =
        ConfigFile.readIfPresent(folder.resolve("config.json")).strings("architectures");
    return !Files.exists(folder.resolve("modules.json"))
        && names.stream().anyMatch(a -> a.endsWith("ForSequenceClassification"));
  }

  private Checkpoint readTransformer(String path, List<ModuleSpec> modules, boolean classifier)
      throws IOException {
    Path encoder = folder.resolve(path);
    ConfigFile config = ConfigFile.read(encoder.resolve("config.json"));
    Backbone backbone = Backbones.of(config);
    Optional<ClassificationHead> head =
        classifier ? Optional.of(new ClassificationHead(config, backbone)) : Optional.empty();
    Network network = new Network(backbone, head);
    Optional<String> graph = GraphFile.of(encoder, options);
    if (graph.isPresent()) {
      long vocabulary = network.tensors().getFirst().shape().getFirst();
      TokenizerSettings settings =
          new TokenizerReader(encoder).forTransformer(backbone, vocabulary);
      String file = path.isEmpty() ? graph.get() : path + "/" + graph.get();
      return load(modules, network, settings, new Graph(file));
    }
    try (TensorStore store = TensorStore.open(encoder)) {
      TensorNames names = TensorNames.match(store, network.tensors());
      long vocabulary = rows(store, names, network);
      TokenizerSettings settings =
          new TokenizerReader(encoder).forTransformer(backbone, vocabulary);
      return load(modules, network, settings, new NamedTensors(store, names));
    }
  }

  private Checkpoint readStatic(ModuleSpec.StaticEmbedding module, List<ModuleSpec> modules)
      throws IOException {
    Path encoder = folder.resolve(module.path());
    try (TensorStore store = TensorStore.open(encoder)) {
      StaticTable table = StaticTable.of(store);
      Network network = new Network(new StaticBackbone(table.dimension()), Optional.empty());
      TokenizerSettings settings = new TokenizerReader(encoder).forStatic(table.vocabulary());
      return load(modules, network, settings, table);
    }
  }

  /** Where the weights of an encoder come from. */
  interface Source {

    void load(Weights weights);

    /** Stands in front of the encoder's names in the file. */
    String prefix();

    /** Tensors in the files that the encoder does not use. */
    List<String> unused();

    /** The file that runs in place of the weights, if there are none. */
    default Optional<String> graph() {
      return Optional.empty();
    }
  }

  private record Graph(String file) implements Source {

    @Override
    public void load(Weights weights) {}

    @Override
    public String prefix() {
      return "";
    }

    @Override
    public List<String> unused() {
      return List.of();
    }

    @Override
    public Optional<String> graph() {
      return Optional.of(file);
    }
  }

  private record NamedTensors(TensorStore store, TensorNames names) implements Source {

    @Override
    public void load(Weights weights) {
      names.matches().forEach((ours, stored) -> weights.load(ours, store, stored));
    }

    @Override
    public String prefix() {
      return names.prefix();
    }

    @Override
    public List<String> unused() {
      return names.unused();
    }
  }

  private static long rows(TensorStore store, TensorNames names, Network network) {
    String table = network.tensors().getFirst().name();
    return store.tensors().get(names.matches().get(table)).shape().getFirst();
  }

  private Checkpoint load(
      List<ModuleSpec> modules, Network network, TokenizerSettings ownSettings, Source source)
      throws IOException {
    TokenizerSettings settings =
        ownSettings.withMaxTokens(
            options.limit(ownSettings.maxTokens(), network.backbone().maxTokens()));
    if (network.head().isEmpty()) {
      ModuleChecker.dimension(folder, network.backbone().hiddenSize(), modules);
    }
    SentenceConfig config =
        SentenceConfig.read(
            ConfigFile.readIfPresent(folder.resolve("config_sentence_transformers.json")));
    TextTokenizer tokenizer = TextTokenizer.open(settings);
    Weights weights = new Weights();
    try {
      source.load(weights);
      for (ModuleSpec module : modules) {
        loadModule(module, weights);
      }
    } catch (IOException | RuntimeException e) {
      weights.close();
      tokenizer.close();
      throw e;
    }
    LoadReport report =
        new LoadReport(
            weights.parameters().size(), weights.count(), source.prefix(), source.unused());
    return new Checkpoint(
        name,
        folder,
        modules,
        network,
        config,
        settings,
        tokenizer,
        weights,
        report,
        source.graph());
  }

  private void loadModule(ModuleSpec module, Weights weights) throws IOException {
    List<TensorSpec> specs = ModuleWeights.of(module);
    if (specs.isEmpty()) {
      return;
    }
    try (TensorStore store = TensorStore.open(folder.resolve(module.path()))) {
      TensorNames.match(store, specs)
          .matches()
          .forEach((ours, stored) -> weights.load(module.path() + "/" + ours, store, stored));
    }
  }
}
