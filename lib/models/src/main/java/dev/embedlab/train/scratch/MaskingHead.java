package dev.embedlab.train.scratch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.LayerNorm;
import dev.embedlab.engine.Products;
import dev.embedlab.engine.Weights;
import java.util.List;
import java.util.Random;

/** Guesses pieces and next sentences from token vectors, as BERT's pretraining heads do. */
final class MaskingHead {

  private static final String TABLE = "embeddings.word_embeddings.weight";

  private final NDArray table;
  private final NDArray dense;
  private final NDArray denseBias;
  private final NDArray gain;
  private final NDArray shift;
  private final NDArray bias;
  private final NDArray pooler;
  private final NDArray poolerBias;
  private final NDArray follows;
  private final NDArray followsBias;

  MaskingHead(NDManager manager, Weights weights, long seed) {
    if (!weights.has(TABLE)) {
      throw new IllegalArgumentException(
          "Pretraining needs an encoder of BERT's kind, with a tensor '%s'.".formatted(TABLE));
    }
    this.table = weights.array(TABLE);
    long hidden = table.getShape().get(1);
    Random random = new Random(seed);
    this.dense = normal(manager, random, hidden, hidden);
    this.denseBias = manager.zeros(new Shape(hidden));
    this.gain = manager.ones(new Shape(hidden));
    this.shift = manager.zeros(new Shape(hidden));
    this.bias = manager.zeros(new Shape(table.getShape().get(0)));
    this.pooler = normal(manager, random, hidden, hidden);
    this.poolerBias = manager.zeros(new Shape(hidden));
    this.follows = normal(manager, random, 2, hidden);
    this.followsBias = manager.zeros(new Shape(2));
  }

  private static NDArray normal(NDManager manager, Random random, long rows, long columns) {
    float[] values = new float[Math.toIntExact(rows * columns)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() * 0.02f;
    }
    return manager.create(values, new Shape(rows, columns));
  }

  /** All but the table, which belongs to the model. */
  List<NDArray> weights() {
    return List.of(dense, denseBias, gain, shift, bias, pooler, poolerBias, follows, followsBias);
  }

  /**
   * Logits of the pieces at some positions, {@code [positions][vocabulary]}.
   *
   * @param tokens {@code [batch][tokens][hidden]}
   * @param positions row * tokens + token
   */
  NDArray words(NDManager scope, NDArray tokens, long[] positions) {
    long hidden = tokens.getShape().get(2);
    NDArray index = scope.create(positions, new Shape(positions.length));
    NDArray picked =
        index
            .getNDArrayInternal()
            .embedding(index, tokens.reshape(-1, hidden), SparseFormat.DENSE)
            .singletonOrThrow();
    NDArray inner = Activation.gelu(Products.linear(picked, dense, denseBias));
    NDArray even =
        LayerNorm.layerNorm(inner, new Shape(hidden), gain, shift, 1e-12f).singletonOrThrow();
    return Products.linear(even, table, bias);
  }

  /**
   * Logits of "follows" and "comes from elsewhere", {@code [batch][2]}.
   *
   * @param tokens {@code [batch][tokens][hidden]}
   */
  NDArray nextSentence(NDArray tokens) {
    NDArray pooled = Activation.tanh(Products.linear(tokens.get(":, 0"), pooler, poolerBias));
    return Products.linear(pooled.toType(DataType.FLOAT32, false), follows, followsBias);
  }
}
