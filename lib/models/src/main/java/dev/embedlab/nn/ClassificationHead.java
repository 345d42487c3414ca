package dev.embedlab.nn;

import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What turns token vectors into one score for each label in sequence classification models, which
 * cross-encoders are. Its tensors carry no prefix.
 */
public final class ClassificationHead {

  private final Backbone backbone;
  private final int labels;
  private final boolean meanPooling;
  private final Activation activation;
  private final double epsilon;
  private final double dropout;
  private final boolean bias;
  private final boolean normBias;

  /**
   * @param config the checkpoint's {@code config.json}
   */
  public ClassificationHead(ConfigFile config, Backbone backbone) {
    this.backbone = backbone;
    this.labels = labels(config);
    this.meanPooling = config.string("classifier_pooling").orElse("cls").equals("mean");
    this.activation = Dimensions.activation(config, "classifier_activation");
    this.epsilon = Dimensions.fraction(config, "norm_eps", 1e-5);
    this.bias = config.bool("classifier_bias", false);
    this.normBias = config.bool("norm_bias", false);
    double hidden = Dimensions.fraction(config, "hidden_dropout_prob", 0.1);
    this.dropout = Dimensions.fraction(config, "classifier_dropout", hidden);
  }

  private static int labels(ConfigFile config) {
    if (config.has("num_labels")) {
      return config.requireCount("num_labels", 1 << 20);
    }
    int named = config.object("id2label").map(names -> names.json().size()).orElse(2);
    if (named == 0) {
      throw new ConfigException(config.file(), "'id2label' is empty.");
    }
    return named;
  }

  /** Number of scores for each text. */
  public int labels() {
    return labels;
  }

  /** Inputs besides those of the backbone. */
  public Set<Input> inputs() {
    if (meanPooling) {
      return EnumSet.of(Input.MEAN_WEIGHTS);
    }
    return isDecoder() ? EnumSet.of(Input.LAST_TOKEN) : EnumSet.noneOf(Input.class);
  }

  private boolean isDecoder() {
    return backbone.modelType().equals("qwen3");
  }

  /** The tensors of the head alone. */
  public List<TensorSpec> tensors() {
    long h = backbone.hiddenSize();
    TensorSpecs specs = new TensorSpecs();
    return switch (backbone.modelType()) {
      case "bert" -> specs.linear("classifier", labels, h, true).build();
      case "distilbert" ->
          specs.linear("pre_classifier", h, h, true).linear("classifier", labels, h, true).build();
      case "modernbert" ->
          specs
              .linear("head.dense", h, h, bias)
              .norm("head.norm", h, normBias)
              .linear("classifier", labels, h, true)
              .build();
      case "qwen3" -> specs.linear("score", labels, h, false).build();
      default ->
          specs
              .linear("classifier.dense", h, h, true)
              .linear("classifier.out_proj", labels, h, true)
              .build();
    };
  }

  /**
   * Scores texts.
   *
   * @param tokens {@code [batch][tokens][hidden]}
   * @return logits {@code [batch][labels]}
   */
  public <T> T forward(Ops<T> ops, T tokens) {
    T pooled = pool(ops, tokens);
    return switch (backbone.modelType()) {
      case "bert" ->
          classify(ops, ops.linear(pooled, "pooler.dense", Activation.TANH), "classifier");
      case "distilbert" ->
          classify(ops, ops.linear(pooled, "pre_classifier", Activation.RELU), "classifier");
      case "modernbert" -> {
        T hidden = ops.linear(pooled, "head.dense", activation);
        yield classify(ops, ops.layerNorm(hidden, "head.norm", epsilon), "classifier");
      }
      case "qwen3" -> ops.linear(pooled, "score");
      default -> {
        T first = ops.dropout(pooled, dropout);
        T hidden = ops.linear(first, "classifier.dense", Activation.TANH);
        yield classify(ops, hidden, "classifier.out_proj");
      }
    };
  }

  private <T> T pool(Ops<T> ops, T tokens) {
    if (meanPooling) {
      return ops.combineTokens(tokens, ops.input(Input.MEAN_WEIGHTS));
    }
    return isDecoder()
        ? ops.combineTokens(tokens, ops.input(Input.LAST_TOKEN))
        : ops.firstToken(tokens);
  }

  private <T> T classify(Ops<T> ops, T x, String layer) {
    return ops.linear(ops.dropout(x, dropout), layer);
  }
}
