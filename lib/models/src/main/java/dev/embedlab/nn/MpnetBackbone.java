package dev.embedlab.nn;

import dev.embedlab.config.ConfigFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * MPNet: BERT with positions counted from the padding id on and one table of relative position
 * biases that all layers share. Song et al., MPNet (2020).
 */
final class MpnetBackbone implements Backbone {

  private static final String RELATIVE = "encoder.relative_attention_bias.weight";

  private static final PostNormLayers.Names NAMES =
      new PostNormLayers.Names(
          "encoder.layer.",
          List.of(".attention.attn.q", ".attention.attn.k", ".attention.attn.v"),
          ".attention.attn.o",
          ".attention.LayerNorm",
          ".intermediate.dense",
          ".output.dense",
          ".output.LayerNorm");

  private final long vocabulary;
  private final int hidden;
  private final int heads;
  private final int positions;
  private final int buckets;
  private final Geometry geometry;
  private final double epsilon;
  private final double dropout;
  private final PostNormLayers layers;

  MpnetBackbone(ConfigFile config) {
    this.vocabulary = Dimensions.vocabulary(config);
    this.hidden = Dimensions.width(config, "hidden_size", 768);
    this.heads = Dimensions.width(config, "num_attention_heads", 12);
    this.positions = Dimensions.tokens(config, "max_position_embeddings", 512);
    this.buckets = Dimensions.positive(config, "relative_attention_num_buckets", 32, 4096);
    // The reference ignores pad_token_id here and always counts from 1; buckets are always 32.
    this.geometry = Geometry.of(Dimensions.headDim(config, hidden, heads), 1, 1).withBuckets(32);
    this.layers = PostNormLayers.of(NAMES, config, hidden, heads);
    this.epsilon = layers.settings().epsilon();
    this.dropout = layers.settings().dropout();
  }

  @Override
  public String modelType() {
    return "mpnet";
  }

  @Override
  public int hiddenSize() {
    return hidden;
  }

  @Override
  public int maxTokens() {
    return Math.max(1, positions - geometry.paddingId() - 1);
  }

  @Override
  public Geometry geometry() {
    return geometry;
  }

  @Override
  public Set<Input> inputs() {
    return EnumSet.of(Input.IDS, Input.OFFSET_POSITIONS, Input.KEY_BIAS, Input.RELATIVE_BUCKETS);
  }

  @Override
  public List<TensorSpec> tensors() {
    TensorSpecs specs =
        new TensorSpecs()
            .table("embeddings.word_embeddings.weight", vocabulary, hidden)
            .table("embeddings.position_embeddings.weight", positions, hidden)
            .norm("embeddings.LayerNorm", hidden, true);
    layers.addTo(specs);
    return specs
        .table(RELATIVE, buckets, heads)
        .optionalLinear("pooler.dense", hidden, hidden)
        .build();
  }

  @Override
  public <T> T forward(Ops<T> ops) {
    T words =
        ops.wordEmbedding(ops.weight("embeddings.word_embeddings.weight"), geometry.paddingId());
    T places =
        ops.embedding(
            ops.input(Input.OFFSET_POSITIONS), ops.weight("embeddings.position_embeddings.weight"));
    T x =
        ops.dropout(
            ops.layerNorm(ops.add(words, places), "embeddings.LayerNorm", epsilon), dropout);
    T relative = ops.relativeBias(ops.input(Input.RELATIVE_BUCKETS), ops.weight(RELATIVE));
    return layers.forward(ops, x, ops.add(relative, ops.input(Input.KEY_BIAS)));
  }
}
