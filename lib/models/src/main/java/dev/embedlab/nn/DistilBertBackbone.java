package dev.embedlab.nn;

import dev.embedlab.config.ConfigFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** DistilBERT: BERT without segments. Sanh et al., DistilBERT (2019). */
final class DistilBertBackbone implements Backbone {

  private final long vocabulary;
  private final int hidden;
  private final int intermediate;
  private final int layers;
  private final int heads;
  private final int positions;
  private final Geometry geometry;
  private final Activation activation;
  private final double dropout;
  private final double attentionDropout;

  /** DistilBERT's configuration does not name it; its code fixes it. */
  private static final double EPSILON = 1e-12;

  DistilBertBackbone(ConfigFile config) {
    this.vocabulary = Dimensions.vocabulary(config);
    this.hidden = Dimensions.width(config, "dim", 768);
    this.intermediate = Dimensions.width(config, "hidden_dim", 3072);
    this.layers = Dimensions.layers(config, "n_layers", 6);
    this.heads = Dimensions.width(config, "n_heads", 12);
    this.positions = Dimensions.tokens(config, "max_position_embeddings", 512);
    this.geometry =
        Geometry.of(
            Dimensions.headDim(config, hidden, heads),
            config.count("pad_token_id", 0, Dimensions.MAX_VOCABULARY),
            1);
    this.activation = Dimensions.activation(config, "activation");
    this.dropout = Dimensions.probability(config, "dropout", 0.1);
    this.attentionDropout = Dimensions.probability(config, "attention_dropout", 0.1);
  }

  @Override
  public String modelType() {
    return "distilbert";
  }

  @Override
  public int hiddenSize() {
    return hidden;
  }

  @Override
  public int maxTokens() {
    return positions;
  }

  @Override
  public Geometry geometry() {
    return geometry;
  }

  @Override
  public Set<Input> inputs() {
    return EnumSet.of(Input.IDS, Input.POSITIONS, Input.KEY_BIAS);
  }

  @Override
  public List<TensorSpec> tensors() {
    TensorSpecs specs =
        new TensorSpecs()
            .table("embeddings.word_embeddings.weight", vocabulary, hidden)
            .table("embeddings.position_embeddings.weight", positions, hidden)
            .norm("embeddings.LayerNorm", hidden, true);
    for (int i = 0; i < layers; i++) {
      String layer = "transformer.layer." + i;
      specs
          .linear(layer + ".attention.q_lin", hidden, hidden, true)
          .linear(layer + ".attention.k_lin", hidden, hidden, true)
          .linear(layer + ".attention.v_lin", hidden, hidden, true)
          .linear(layer + ".attention.out_lin", hidden, hidden, true)
          .norm(layer + ".sa_layer_norm", hidden, true)
          .linear(layer + ".ffn.lin1", intermediate, hidden, true)
          .linear(layer + ".ffn.lin2", hidden, intermediate, true)
          .norm(layer + ".output_layer_norm", hidden, true);
    }
    return specs.build();
  }

  @Override
  public <T> T forward(Ops<T> ops) {
    T words = ops.embedding(ops.input(Input.IDS), ops.weight("embeddings.word_embeddings.weight"));
    T places =
        ops.embedding(
            ops.input(Input.POSITIONS), ops.weight("embeddings.position_embeddings.weight"));
    T x =
        ops.dropout(
            ops.layerNorm(ops.add(words, places), "embeddings.LayerNorm", EPSILON), dropout);
    for (int i = 0; i < layers; i++) {
      x = layer(ops, x, "transformer.layer." + i);
    }
    return x;
  }

  private <T> T layer(Ops<T> ops, T x, String prefix) {
    String self = prefix + ".attention.";
    T attended =
        ops.selfAttention(
            x,
            List.of(self + "q_lin", self + "k_lin", self + "v_lin"),
            heads,
            ops.input(Input.KEY_BIAS),
            attentionDropout);
    T projected = ops.linear(attended, self + "out_lin");
    T middle = ops.addNorm(projected, x, prefix + ".sa_layer_norm", EPSILON);
    T wide = ops.linear(middle, prefix + ".ffn.lin1", activation);
    T narrow = ops.dropout(ops.linear(wide, prefix + ".ffn.lin2"), dropout);
    return ops.addNorm(narrow, middle, prefix + ".output_layer_norm", EPSILON);
  }
}
