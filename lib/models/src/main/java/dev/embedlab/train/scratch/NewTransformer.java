package dev.embedlab.train.scratch;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.checkpoint.CrossEncoder;
import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.checkpoint.Models;
import dev.embedlab.config.ConfigFile;
import dev.embedlab.nn.Backbone;
import dev.embedlab.nn.Backbones;
import dev.embedlab.nn.ClassificationHead;
import dev.embedlab.nn.Network;
import dev.embedlab.nn.TensorSpec;
import dev.embedlab.safetensors.SafetensorsWriter;
import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.json.TokenizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * Writes checkpoint folders whose weights are random, to be trained from nothing: a BERT encoder
 * with mean pooling, or a cross-encoder on top of an encoder.
 *
 * <pre>{@code
 * TokenizerPipeline tokenizer = TokenizerTrainer.bert(8_000).train(texts);
 * EmbeddingModel model = NewTransformer.bert(tokenizer).layers(4).hidden(128).open(folder);
 * }</pre>
 *
 * <p>Weights are drawn from a normal distribution of deviation 0.02, biases are 0 and gains 1, as
 * in Devlin et al., "BERT" (2018).
 */
public final class NewTransformer {

  private static final JsonMapper JSON = new JsonMapper();
  private static final float DEVIATION = 0.02f;

  /** [CLS], [SEP] and something between. */
  private static final int LEAST_TOKENS = 3;

  private final TokenizerPipeline tokenizer;
  private int layers = 4;
  private int hidden = 128;
  private int heads = 4;
  private int maxTokens = 128;
  private double dropout = 0.1;
  private long seed = 42;

  private NewTransformer(TokenizerPipeline tokenizer) {
    this.tokenizer = requireNonNull(tokenizer, "tokenizer");
  }

  /**
   * @param tokenizer with the pieces [PAD], [UNK], [CLS], [SEP] and [MASK], as {@code
   *     TokenizerTrainer.bert} makes it
   */
  public static NewTransformer bert(TokenizerPipeline tokenizer) {
    for (String piece : new String[] {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}) {
      if (tokenizer.id(piece).isEmpty()) {
        throw new IllegalArgumentException(
            "The tokenizer has no piece %s; train it with TokenizerTrainer.bert.".formatted(piece));
      }
    }
    return new NewTransformer(tokenizer);
  }

  /** Transformer layers; default 4. */
  public NewTransformer layers(int value) {
    requireAtLeast("layers", 1, value);
    layers = value;
    return this;
  }

  /** Length of token vectors, a multiple of the number of heads; default 128. */
  public NewTransformer hidden(int value) {
    requireAtLeast("hidden", 1, value);
    hidden = value;
    return this;
  }

  /** Attention heads; default 4. */
  public NewTransformer heads(int value) {
    requireAtLeast("heads", 1, value);
    heads = value;
    return this;
  }

  /** Longest text in tokens, special tokens included, at least 3; default 128. */
  public NewTransformer maxTokens(int value) {
    requireAtLeast("maxTokens", LEAST_TOKENS, value);
    maxTokens = value;
    return this;
  }

  /** Of hidden vectors and attention while training; default 0.1. */
  public NewTransformer dropout(double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1), but is %s.".formatted(value));
    }
    dropout = value;
    return this;
  }

  /** Of the weights; default 42. */
  public NewTransformer seed(long value) {
    seed = value;
    return this;
  }

  private static void requireAtLeast(String name, int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, but is %d.".formatted(name, least, value));
    }
  }

  /** Writes the folder and opens it. */
  public EmbeddingModel open(Path folder) throws IOException {
    write(folder);
    return Models.open(folder);
  }

  /**
   * Writes a checkpoint folder that Python's sentence-transformers opens, too.
   *
   * @param folder is created; files of the same names are replaced
   */
  public void write(Path folder) throws IOException {
    if (hidden % heads != 0) {
      throw new IllegalArgumentException(
          "hidden is %d, which %d heads cannot share equally.".formatted(hidden, heads));
    }
    Files.createDirectories(folder.resolve("1_Pooling"));
    writeJson(folder.resolve("config.json"), config());
    TokenizerJson.write(tokenizer, folder.resolve("tokenizer.json"));
    writeJson(folder.resolve("tokenizer_config.json"), tokenizerConfig());
    Backbone backbone = Backbones.of(ConfigFile.read(folder.resolve("config.json")));
    weights(new Network(backbone, Optional.empty()), name -> name, Map.of(), seed)
        .write(folder.resolve("model.safetensors"));
    writeJson(
        folder.resolve("sentence_bert_config.json"),
        JSON.createObjectNode().put("max_seq_length", maxTokens).put("do_lower_case", false));
    writeJson(
        folder.resolve("1_Pooling/config.json"),
        JSON.createObjectNode()
            .put("word_embedding_dimension", hidden)
            .put("pooling_mode_cls_token", false)
            .put("pooling_mode_mean_tokens", true));
    Files.writeString(folder.resolve("modules.json"), MODULES);
  }

  private static final String MODULES =
      """
      [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}
      ]
      """;

  private ObjectNode config() {
    ObjectNode config = JSON.createObjectNode();
    config.putArray("architectures").add("BertModel");
    return config
        .put("model_type", "bert")
        .put("vocab_size", tokenizer.vocabularySize())
        .put("hidden_size", hidden)
        .put("num_hidden_layers", layers)
        .put("num_attention_heads", heads)
        .put("intermediate_size", 4 * hidden)
        .put("max_position_embeddings", maxTokens)
        .put("type_vocab_size", 2)
        .put("hidden_act", "gelu")
        .put("hidden_dropout_prob", dropout)
        .put("attention_probs_dropout_prob", dropout)
        .put("layer_norm_eps", 1e-12)
        .put("pad_token_id", tokenizer.id("[PAD]").orElseThrow());
  }

  private ObjectNode tokenizerConfig() {
    ObjectNode config = JSON.createObjectNode();
    // Without this, Python gives both texts of a pair the type 0.
    config
        .putArray("model_input_names")
        .add("input_ids")
        .add("token_type_ids")
        .add("attention_mask");
    return config
        .put("tokenizer_class", "PreTrainedTokenizerFast")
        .put("model_max_length", maxTokens)
        .put("pad_token", "[PAD]")
        .put("unk_token", "[UNK]")
        .put("cls_token", "[CLS]")
        .put("sep_token", "[SEP]")
        .put("mask_token", "[MASK]");
  }

  /**
   * Puts a new classification head on a copy of an encoder and opens it as a cross-encoder.
   *
   * @param encoder a transformer; pooling and later modules are left behind
   * @param labels 1 to rank, more for classes
   * @param folder is created; files of the same names are replaced
   */
  public static CrossEncoder crossEncoder(
      EmbeddingModel encoder, int labels, Path folder, long seed) throws IOException {
    requireAtLeast("labels", 1, labels);
    encoder.save(folder);
    Files.delete(folder.resolve("modules.json"));
    Files.deleteIfExists(folder.resolve("config_sentence_transformers.json"));
    ObjectNode config = ConfigFile.read(folder.resolve("config.json")).json().deepCopy();
    String type = config.path("model_type").asText();
    config.putArray("architectures").add(classifier(type));
    ObjectNode names = config.putObject("id2label");
    ObjectNode ids = config.putObject("label2id");
    for (int label = 0; label < labels; label++) {
      names.put(Integer.toString(label), "LABEL_" + label);
      ids.put("LABEL_" + label, label);
    }
    writeJson(folder.resolve("config.json"), config);
    ConfigFile file = ConfigFile.read(folder.resolve("config.json"));
    Backbone backbone = Backbones.of(file);
    var head = new ClassificationHead(file, backbone);
    var own = backbone.tensors().stream().map(TensorSpec::name).toList();
    Map<String, float[]> known = new java.util.HashMap<>();
    encoder
        .checkpoint()
        .parameters()
        .forEach((name, parameter) -> known.put(name, parameter.getArray().toFloatArray()));
    String prefix = prefix(type);
    weights(
            new Network(backbone, Optional.of(head)),
            name -> own.contains(name) ? prefix + name : name,
            known,
            seed)
        .write(folder.resolve("model.safetensors"));
    return Models.openCrossEncoder(folder);
  }

  private static String classifier(String type) {
    return switch (type) {
      case "bert" -> "BertForSequenceClassification";
      case "roberta" -> "RobertaForSequenceClassification";
      case "xlm-roberta" -> "XLMRobertaForSequenceClassification";
      case "distilbert" -> "DistilBertForSequenceClassification";
      case "mpnet" -> "MPNetForSequenceClassification";
      case "modernbert" -> "ModernBertForSequenceClassification";
      default ->
          throw new IllegalArgumentException(
              "No classification head is known for encoders of type '%s'.".formatted(type));
    };
  }

  /** What the reference puts in front of the names of the encoder inside a classifier. */
  private static String prefix(String type) {
    return switch (type) {
      case "xlm-roberta" -> "roberta.";
      case "modernbert" -> "model.";
      default -> type + ".";
    };
  }

  private static SafetensorsWriter weights(
      Network network, Function<String, String> stored, Map<String, float[]> known, long seed) {
    Random random = new Random(seed);
    SafetensorsWriter writer = new SafetensorsWriter();
    for (TensorSpec spec : network.tensors()) {
      if (spec.optional() && !known.containsKey(spec.name())) {
        continue;
      }
      long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
      float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
      fill(spec.name(), values, random);
      writer.add(stored.apply(spec.name()), known.getOrDefault(spec.name(), values), shape);
    }
    return writer;
  }

  private static void fill(String name, float[] values, Random random) {
    if (name.endsWith("bias")) {
      return;
    }
    boolean gain = name.matches(".*[nN]orm.*weight");
    for (int i = 0; i < values.length; i++) {
      values[i] = gain ? 1 : (float) random.nextGaussian() * DEVIATION;
    }
  }

  private static void writeJson(Path file, ObjectNode content) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), content);
  }
}
