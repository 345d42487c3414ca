package dev.embedlab.nn;

import dev.embedlab.config.ConfigFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** DistilBERT: BERT without segments. Sanh et al., DistilBERT (2019). */
final class DistilBertBackbone implements Backbone {

  private static final PostNormLayers.Names NAMES =
      new PostNormLayers.Names(
          "transformer.layer.",
          List.of(".attention.q_lin", ".attention.k_lin", ".attention.v_lin"),
          ".attention.out_lin",
          ".sa_layer_norm",
          ".ffn.lin1",
          ".ffn.lin2",
          ".output_layer_norm");

  /** DistilBERT's configuration does not name it; its code fixes it. */
  private static final double EPSILON = 1e-12;

  private final long vocabulary;
  private final int hidden;
  private final int positions;
  private final Geometry geometry;
  private final double dropout;
  private final PostNormLayers layers;

  DistilBertBackbone(ConfigFile config) {
    this.vocabulary = Dimensions.vocabulary(config);
    this.hidden = Dimensions.width(config, "dim", 768);
    int heads = Dimensions.width(config, "n_heads", 12);
    this.positions = Dimensions.tokens(config, "max_position_embeddings", 512);
    this.geometry =
        Geometry.of(
            Dimensions.headDim(config, hidden, heads),
            config.count("pad_token_id", 0, Dimensions.MAX_VOCABULARY),
            1);
    this.dropout = Dimensions.fraction(config, "dropout", 0.1);
    this.layers =
        new PostNormLayers(
            NAMES,
            new PostNormLayers.Size(
                Dimensions.layers(config, "n_layers", 6),
                hidden,
                Dimensions.width(config, "hidden_dim", 3072),
                heads),
            new PostNormLayers.Settings(
                Dimensions.activation(config, "activation"),
                EPSILON,
                dropout,
                Dimensions.fraction(config, "attention_dropout", 0.1),
                0));
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
    layers.addTo(specs);
    return specs.build();
  }

  @Override
  public <T> T forward(Ops<T> ops) {
    T words =
        ops.wordEmbedding(ops.weight("embeddings.word_embeddings.weight"), geometry.paddingId());
    T places =
        ops.embedding(
            ops.input(Input.POSITIONS), ops.weight("embeddings.position_embeddings.weight"));
    T x =
        ops.dropout(
            ops.layerNorm(ops.add(words, places), "embeddings.LayerNorm", EPSILON), dropout);
    return layers.forward(ops, x, ops.input(Input.KEY_BIAS));
  }
}
