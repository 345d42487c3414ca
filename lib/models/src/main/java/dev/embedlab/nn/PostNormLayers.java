package dev.embedlab.nn;

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
      result = layer(ops, result, bias, names.layer + i);
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
