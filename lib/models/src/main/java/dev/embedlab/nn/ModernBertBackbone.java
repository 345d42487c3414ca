package dev.embedlab.nn;

import dev.embedlab.config.ConfigFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * ModernBERT: rotary positions, gated feed-forward layers, and attention that is global in every
 * n-th layer and local elsewhere. Warner et al., Smarter, Better, Faster, Longer (2024).
 */
final class ModernBertBackbone implements Backbone {

  private static final RotaryAttention.Angles GLOBAL =
      new RotaryAttention.Angles(Input.COS, Input.SIN);
  private static final RotaryAttention.Angles LOCAL =
      new RotaryAttention.Angles(Input.LOCAL_COS, Input.LOCAL_SIN);

  private final long vocabulary;
  private final int hidden;
  private final int intermediate;
  private final int heads;
  private final int positions;
  private final List<Boolean> local;
  private final Geometry geometry;
  private final Activation activation;
  private final double epsilon;
  private final boolean normBias;
  private final boolean attentionBias;
  private final boolean feedForwardBias;
  private final double embeddingDropout;
  private final double attentionDropout;
  private final double feedForwardDropout;

  ModernBertBackbone(ConfigFile config) {
    this.vocabulary = Dimensions.vocabulary(config);
    this.hidden = Dimensions.width(config, "hidden_size", 768);
    this.intermediate = Dimensions.width(config, "intermediate_size", 1152);
    this.heads = Dimensions.width(config, "num_attention_heads", 12);
    this.positions = Dimensions.tokens(config, "max_position_embeddings", 8192);
    int every = Dimensions.positive(config, "global_attn_every_n_layers", 3, 1024);
    this.local =
        RotaryAttention.slidingLayers(
            config, Dimensions.layers(config, "num_hidden_layers", 22), i -> i % every != 0);
    this.geometry =
        Geometry.of(
                Dimensions.headDim(config, hidden, heads),
                config.count("pad_token_id", 50283, Dimensions.MAX_VOCABULARY),
                1)
            .withRotary(
                rotary(config, "full_attention", "global_rope_theta", 160_000),
                rotary(config, "sliding_attention", "local_rope_theta", 10_000),
                config.count("local_attention", 128, Dimensions.MAX_TOKENS) / 2);
    this.activation = Dimensions.activation(config, "hidden_activation");
    this.epsilon = Dimensions.fraction(config, "norm_eps", 1e-5);
    this.normBias = config.bool("norm_bias", false);
    this.attentionBias = config.bool("attention_bias", false);
    this.feedForwardBias = config.bool("mlp_bias", false);
    this.embeddingDropout = Dimensions.fraction(config, "embedding_dropout", 0);
    this.attentionDropout = Dimensions.fraction(config, "attention_dropout", 0);
    this.feedForwardDropout = Dimensions.fraction(config, "mlp_dropout", 0);
  }

  private Rotary rotary(ConfigFile config, String kind, String oldField, double fallback) {
    double old = config.number(oldField, fallback);
    int headDim = Dimensions.headDim(config, hidden, heads);
    return config
        .object("rope_parameters")
        .flatMap(parameters -> parameters.object(kind))
        .map(settings -> Rotary.of(settings, old, headDim, positions))
        .orElseGet(() -> Rotary.plain(old));
  }

  @Override
  public String modelType() {
    return "modernbert";
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
    Set<Input> inputs = EnumSet.of(Input.IDS);
    if (local.contains(false)) {
      inputs.addAll(List.of(Input.KEY_BIAS, Input.COS, Input.SIN));
    }
    if (local.contains(true)) {
      inputs.addAll(List.of(Input.LOCAL_BIAS, Input.LOCAL_COS, Input.LOCAL_SIN));
    }
    return inputs;
  }

  @Override
  public List<TensorSpec> tensors() {
    TensorSpecs specs =
        new TensorSpecs()
            .table("embeddings.tok_embeddings.weight", vocabulary, hidden)
            .norm("embeddings.norm", hidden, normBias);
    for (int i = 0; i < local.size(); i++) {
      String layer = "layers." + i;
      if (i > 0) {
        specs.norm(layer + ".attn_norm", hidden, normBias);
      }
      specs
          .linear(layer + ".attn.Wqkv", 3L * hidden, hidden, attentionBias)
          .linear(layer + ".attn.Wo", hidden, hidden, attentionBias)
          .norm(layer + ".mlp_norm", hidden, normBias)
          .linear(layer + ".mlp.Wi", 2L * intermediate, hidden, feedForwardBias)
          .linear(layer + ".mlp.Wo", hidden, intermediate, feedForwardBias);
    }
    return specs.norm("final_norm", hidden, normBias).build();
  }

  @Override
  public <T> T forward(Ops<T> ops) {
    T words =
        ops.wordEmbedding(ops.weight("embeddings.tok_embeddings.weight"), geometry.paddingId());
    T x = ops.dropout(ops.layerNorm(words, "embeddings.norm", epsilon), embeddingDropout);
    for (int i = 0; i < local.size(); i++) {
      int layer = i;
      x = ops.layer(x, input -> layer(ops, input, layer));
    }
    return ops.layerNorm(x, "final_norm", epsilon);
  }

  private <T> T layer(Ops<T> ops, T x, int layer) {
    String prefix = "layers." + layer;
    T normed = layer == 0 ? x : ops.layerNorm(x, prefix + ".attn_norm", epsilon);
    T middle = ops.add(x, attention(ops, normed, local.get(layer), prefix + ".attn"));
    T wide = ops.layerNorm(middle, prefix + ".mlp_norm", epsilon);
    return ops.add(middle, feedForward(ops, wide, prefix + ".mlp"));
  }

  private <T> T attention(Ops<T> ops, T x, boolean isLocal, String prefix) {
    List<T> parts = ops.split(ops.linear(x, prefix + ".Wqkv"), 3);
    List<T> qkv = parts.stream().map(part -> ops.heads(part, heads)).toList();
    T attended =
        RotaryAttention.attend(
            ops,
            qkv,
            isLocal ? LOCAL : GLOBAL,
            isLocal ? Input.LOCAL_BIAS : Input.KEY_BIAS,
            attentionDropout);
    return ops.dropout(ops.linear(attended, prefix + ".Wo"), attentionDropout);
  }

  private <T> T feedForward(Ops<T> ops, T x, String prefix) {
    List<T> parts = ops.split(ops.linear(x, prefix + ".Wi"), 2);
    T gated = ops.multiply(ops.activate(parts.get(0), activation), parts.get(1));
    return ops.linear(ops.dropout(gated, feedForwardDropout), prefix + ".Wo");
  }
}
