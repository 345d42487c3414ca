package dev.embedlab.nn;

import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * BERT and, with positions counted from the padding id on, RoBERTa and XLM-RoBERTa.
 *
 * <p>Devlin et al., BERT: Pre-training of Deep Bidirectional Transformers (2019); Liu et al.,
 * RoBERTa (2019); Conneau et al., XLM-R (2020). Tensor names as in Hugging Face transformers.
 */
final class BertBackbone implements Backbone {

  private static final PostNormLayers.Names NAMES =
      new PostNormLayers.Names(
          "encoder.layer.",
          List.of(".attention.self.query", ".attention.self.key", ".attention.self.value"),
          ".attention.output.dense",
          ".attention.output.LayerNorm",
          ".intermediate.dense",
          ".output.dense",
          ".output.LayerNorm");

  private final String modelType;
  private final boolean offsetPositions;
  private final long vocabulary;
  private final int hidden;
  private final int positions;
  private final Geometry geometry;
  private final double epsilon;
  private final double dropout;
  private final PostNormLayers layers;

  /**
   * @param offsetPositions whether positions begin after the padding id, as RoBERTa's do
   */
  BertBackbone(ConfigFile config, boolean offsetPositions) {
    this.modelType = config.requireString("model_type");
    this.offsetPositions = offsetPositions;
    this.vocabulary = Dimensions.vocabulary(config);
    this.hidden = Dimensions.width(config, "hidden_size", 768);
    int heads = Dimensions.width(config, "num_attention_heads", 12);
    this.positions = Dimensions.tokens(config, "max_position_embeddings", 512);
    this.geometry =
        Geometry.of(
            Dimensions.headDim(config, hidden, heads),
            config.count("pad_token_id", offsetPositions ? 1 : 0, Dimensions.MAX_VOCABULARY),
            Dimensions.positive(config, "type_vocab_size", 2, 1024));
    this.layers = PostNormLayers.of(NAMES, config, hidden, heads);
    this.epsilon = layers.settings().epsilon();
    this.dropout = layers.settings().dropout();
    String kind = config.string("position_embedding_type").orElse("absolute");
    if (!kind.equals("absolute")) {
      throw new ConfigException(
          config.file(),
          "'position_embedding_type' is '%s'; only 'absolute' is supported.".formatted(kind));
    }
  }

  @Override
  public String modelType() {
    return modelType;
  }

  @Override
  public int hiddenSize() {
    return hidden;
  }

  @Override
  public int maxTokens() {
    return offsetPositions ? Math.max(1, positions - geometry.paddingId() - 1) : positions;
  }

  @Override
  public Geometry geometry() {
    return geometry;
  }

  @Override
  public Set<Input> inputs() {
    return EnumSet.of(Input.IDS, Input.TYPE_IDS, positionInput(), Input.KEY_BIAS);
  }

  private Input positionInput() {
    return offsetPositions ? Input.OFFSET_POSITIONS : Input.POSITIONS;
  }

  @Override
  public List<TensorSpec> tensors() {
    TensorSpecs specs =
        new TensorSpecs()
            .table("embeddings.word_embeddings.weight", vocabulary, hidden)
            .table("embeddings.position_embeddings.weight", positions, hidden)
            .table("embeddings.token_type_embeddings.weight", geometry.typeVocabulary(), hidden)
            .norm("embeddings.LayerNorm", hidden, true);
    layers.addTo(specs);
    return specs.optionalLinear("pooler.dense", hidden, hidden).build();
  }

  @Override
  public <T> T forward(Ops<T> ops) {
    return layers.forward(ops, embed(ops), ops.input(Input.KEY_BIAS));
  }

  private <T> T embed(Ops<T> ops) {
    T words =
        ops.wordEmbedding(ops.weight("embeddings.word_embeddings.weight"), geometry.paddingId());
    T types =
        ops.embedding(
            ops.input(Input.TYPE_IDS), ops.weight("embeddings.token_type_embeddings.weight"));
    T places =
        ops.embedding(
            ops.input(positionInput()), ops.weight("embeddings.position_embeddings.weight"));
    T sum = ops.add(ops.add(words, types), places);
    return ops.dropout(ops.layerNorm(sum, "embeddings.LayerNorm", epsilon), dropout);
  }
}
