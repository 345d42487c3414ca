package dev.embedlab.nn;

import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;
import java.util.List;

/**
 * The layers that BERT and its descendants share: self-attention, then two linear layers, each
 * followed by a residual connection and a normalization. Vaswani et al., Attention Is All You Need
 * (2017).
 *
 * @param names what the checkpoint calls their tensors
 * @param size how many there are and how wide they are
 * @param settings what does not show in the shapes of tensors
 */
record PostNormLayers(Names names, Size size, Settings settings) {

  /**
   * Names of tensors behind the prefix of a layer, and that prefix up to the layer's number.
   *
   * @param queryKeyValue three linear layers
   */
  record Names(
      String layer,
      List<String> queryKeyValue,
      String attentionOutput,
      String attentionNorm,
      String wide,
      String narrow,
      String outputNorm) {

    Names {
      queryKeyValue = List.copyOf(queryKeyValue);
    }
  }

  /** Number of layers, width of the vectors between them and inside them, attention heads. */
  record Size(int layers, int hidden, int intermediate, int heads) {}

  /**
   * @param projectionDropout dropout after the attention's output, which DistilBERT lacks
   */
  record Settings(
      Activation activation,
      double epsilon,
      double dropout,
      double attentionDropout,
      double projectionDropout) {

    Settings(Activation activation, double epsilon, double dropout, double attentionDropout) {
      this(activation, epsilon, dropout, attentionDropout, dropout);
    }
  }

  /** The layers that a configuration with BERT's own names for its settings describes. */
  static PostNormLayers of(Names names, ConfigFile config, int hidden, int heads) {
    if (config.bool("is_decoder", false)) {
      throw new ConfigException(
          config.file(),
          "'is_decoder' is true, but only encoders, which see both ways, are supported.");
    }
    double epsilon = Dimensions.fraction(config, "layer_norm_eps", 1e-12);
    double dropout = Dimensions.fraction(config, "hidden_dropout_prob", 0.1);
    return new PostNormLayers(
        names,
        new Size(
            Dimensions.layers(config, "num_hidden_layers", 12),
            hidden,
            Dimensions.width(config, "intermediate_size", 3072),
            heads),
        new Settings(
            Dimensions.activation(config, "hidden_act"),
            epsilon,
            dropout,
            Dimensions.fraction(config, "attention_probs_dropout_prob", 0.1)));
  }

  void addTo(TensorSpecs specs) {
    long hidden = size.hidden;
    for (int i = 0; i < size.layers; i++) {
      String layer = names.layer + i;
      names.queryKeyValue.forEach(name -> specs.linear(layer + name, hidden, hidden, true));
      specs
          .linear(layer + names.attentionOutput, hidden, hidden, true)
          .norm(layer + names.attentionNorm, hidden, true)
          .linear(layer + names.wide, size.intermediate, hidden, true)
          .linear(layer + names.narrow, hidden, size.intermediate, true)
          .norm(layer + names.outputNorm, hidden, true);
    }
  }

  /**
   * @param x {@code [batch][tokens][hidden]}
   * @param bias added to the attention scores of every layer
   */
  <T> T forward(Ops<T> ops, T x, T bias) {
    T result = x;
    for (int i = 0; i < size.layers; i++) {
      String layer = names.layer + i;
      result = ops.layer(result, input -> layer(ops, input, bias, layer));
    }
    return result;
  }

  private <T> T layer(Ops<T> ops, T x, T bias, String layer) {
    List<String> projections = names.queryKeyValue.stream().map(name -> layer + name).toList();
    T attended = ops.selfAttention(x, projections, size.heads, bias, settings.attentionDropout);
    T projected =
        ops.dropout(
            ops.linear(attended, layer + names.attentionOutput), settings.projectionDropout);
    T middle = ops.addNorm(projected, x, layer + names.attentionNorm, settings.epsilon);
    T wide = ops.linear(middle, layer + names.wide, settings.activation);
    T narrow = ops.dropout(ops.linear(wide, layer + names.narrow), settings.dropout);
    return ops.addNorm(narrow, middle, layer + names.outputNorm, settings.epsilon);
  }
}
