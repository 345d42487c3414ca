package dev.embedlab.nn;

import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Qwen3, the decoder behind Qwen3-Embedding: causal attention with grouped queries, normalized
 * queries and keys, rotary positions. Yang et al., Qwen3 Technical Report (2025).
 */
final class Qwen3Backbone implements Backbone {

  private static final RotaryAttention.Angles ANGLES =
      new RotaryAttention.Angles(Input.COS, Input.SIN);

  private final long vocabulary;
  private final int hidden;
  private final int intermediate;
  private final int heads;
  private final int keyHeads;
  private final int positions;
  private final boolean attentionBias;
  private final List<Boolean> sliding;
  private final boolean causal;
  private final Geometry geometry;
  private final Activation activation;
  private final double epsilon;
  private final double attentionDropout;

  Qwen3Backbone(ConfigFile config) {
    this.vocabulary = Dimensions.vocabulary(config);
    this.hidden = Dimensions.width(config, "hidden_size", 4096);
    this.intermediate = Dimensions.width(config, "intermediate_size", 22016);
    this.heads = Dimensions.width(config, "num_attention_heads", 32);
    this.keyHeads = Dimensions.width(config, "num_key_value_heads", heads);
    this.positions = Dimensions.tokens(config, "max_position_embeddings", 32768);
    this.attentionBias = config.bool("attention_bias", false);
    this.sliding = slidingLayers(config);
    this.causal = config.bool("is_causal", true);
    int headDim = Dimensions.width(config, "head_dim", 128);
    Rotary rotary = rotary(config, headDim, positions);
    this.geometry =
        Geometry.of(
                headDim,
                config.has("pad_token_id")
                    ? config.count("pad_token_id", 0, Dimensions.MAX_VOCABULARY)
                    : -1,
                1)
            .withRotary(rotary, rotary, config.count("sliding_window", 4096, 1 << 30));
    this.activation =
        config.has("hidden_act") ? Dimensions.activation(config, "hidden_act") : Activation.SILU;
    this.epsilon = Dimensions.fraction(config, "rms_norm_eps", 1e-6);
    this.attentionDropout = Dimensions.fraction(config, "attention_dropout", 0);
    if (heads % keyHeads != 0 || geometry.headDim() % 2 != 0) {
      throw new ConfigException(
          config.file(),
          "%d query heads do not share %d key heads evenly, or the head size %d is odd."
              .formatted(heads, keyHeads, geometry.headDim()));
    }
  }

  private static List<Boolean> slidingLayers(ConfigFile config) {
    int layers = Dimensions.layers(config, "num_hidden_layers", 32);
    boolean windows = config.bool("use_sliding_window", false) && config.has("sliding_window");
    int from = windows ? config.count("max_window_layers", 28, Dimensions.MAX_LAYERS) : layers;
    return RotaryAttention.slidingLayers(config, layers, i -> i >= from);
  }

  private static Rotary rotary(ConfigFile config, int headDim, int positions) {
    double old = config.number("rope_theta", 10_000);
    return config
        .object("rope_parameters")
        .or(() -> config.object("rope_scaling"))
        .map(settings -> Rotary.of(settings, old, headDim, positions))
        .orElseGet(() -> Rotary.plain(old));
  }

  @Override
  public String modelType() {
    return "qwen3";
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
    Set<Input> inputs = EnumSet.of(Input.IDS, Input.COS, Input.SIN);
    if (sliding.contains(false)) {
      inputs.add(bias(false));
    }
    if (sliding.contains(true)) {
      inputs.add(bias(true));
    }
    return inputs;
  }

  @Override
  public List<TensorSpec> tensors() {
    long d = geometry.headDim();
    TensorSpecs specs = new TensorSpecs().table("embed_tokens.weight", vocabulary, hidden);
    for (int i = 0; i < sliding.size(); i++) {
      String layer = "layers." + i;
      specs
          .norm(layer + ".input_layernorm", hidden, false)
          .linear(layer + ".self_attn.q_proj", heads * d, hidden, attentionBias)
          .linear(layer + ".self_attn.k_proj", keyHeads * d, hidden, attentionBias)
          .linear(layer + ".self_attn.v_proj", keyHeads * d, hidden, attentionBias)
          .linear(layer + ".self_attn.o_proj", hidden, heads * d, attentionBias)
          .norm(layer + ".self_attn.q_norm", d, false)
          .norm(layer + ".self_attn.k_norm", d, false)
          .norm(layer + ".post_attention_layernorm", hidden, false)
          .linear(layer + ".mlp.gate_proj", intermediate, hidden, false)
          .linear(layer + ".mlp.up_proj", intermediate, hidden, false)
          .linear(layer + ".mlp.down_proj", hidden, intermediate, false);
    }
    return specs.norm("norm", hidden, false).build();
  }

  @Override
  public <T> T forward(Ops<T> ops) {
    T x = ops.wordEmbedding(ops.weight("embed_tokens.weight"), geometry.paddingId());
    for (int i = 0; i < sliding.size(); i++) {
      int layer = i;
      x = ops.layer(x, input -> layer(ops, input, layer));
    }
    return ops.rmsNorm(x, "norm.weight", epsilon);
  }

  private <T> T layer(Ops<T> ops, T x, int layer) {
    String prefix = "layers." + layer;
    T normed = ops.rmsNorm(x, prefix + ".input_layernorm.weight", epsilon);
    T middle = ops.add(x, attention(ops, normed, sliding.get(layer), prefix + ".self_attn"));
    T wide = ops.rmsNorm(middle, prefix + ".post_attention_layernorm.weight", epsilon);
    return ops.add(middle, feedForward(ops, wide, prefix + ".mlp"));
  }

  /** Some embedding models are decoders whose tokens see both ways. */
  private Input bias(boolean isSliding) {
    if (!causal) {
      return isSliding ? Input.LOCAL_BIAS : Input.KEY_BIAS;
    }
    return isSliding ? Input.LOCAL_CAUSAL_BIAS : Input.CAUSAL_BIAS;
  }

  private <T> T attention(Ops<T> ops, T x, boolean isSliding, String prefix) {
    T q = normedHeads(ops, ops.linear(x, prefix + ".q_proj"), heads, prefix + ".q_norm.weight");
    T k = normedHeads(ops, ops.linear(x, prefix + ".k_proj"), keyHeads, prefix + ".k_norm.weight");
    T v = ops.heads(ops.linear(x, prefix + ".v_proj"), keyHeads);
    T attended =
        RotaryAttention.attend(ops, List.of(q, k, v), ANGLES, bias(isSliding), attentionDropout);
    return ops.linear(attended, prefix + ".o_proj");
  }

  private <T> T normedHeads(Ops<T> ops, T x, int count, String norm) {
    return ops.headsFirst(ops.rmsNorm(ops.perHead(x, count), norm, epsilon));
  }

  private <T> T feedForward(Ops<T> ops, T x, String prefix) {
    T gate = ops.linear(x, prefix + ".gate_proj", activation);
    T up = ops.linear(x, prefix + ".up_proj");
    return ops.linear(ops.multiply(gate, up), prefix + ".down_proj");
  }
}
