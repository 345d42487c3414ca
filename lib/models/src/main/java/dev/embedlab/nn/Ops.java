package dev.embedlab.nn;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The tensor operations that encoders are made of. A {@link Backbone} written over them runs
 * eagerly, turns into TorchScript text or into an ONNX graph, whatever {@code T} is. Shapes below:
 * {@code b} batch, {@code t} tokens, {@code h} hidden, {@code n} heads, {@code d} head dimension.
 *
 * @param <T> a tensor, or the name of one in a graph that is being written
 */
public interface Ops<T> {

  /** A tensor of the batch. */
  T input(Input input);

  /** A tensor of the checkpoint. */
  T weight(String name);

  /** Whether the checkpoint has this tensor; biases are optional in most layers. */
  boolean hasWeight(String name);

  /** Rows of a table: ids {@code [b][t]} and table {@code [vocabulary][h]} to {@code [b][t][h]}. */
  T embedding(T ids, T table);

  /**
   * Vectors of the tokens of the batch. As in PyTorch, the padding token's own vector is never
   * trained, not even where a text holds that token.
   *
   * @param paddingId -1 if there is none
   */
  default T wordEmbedding(T table, int paddingId) {
    return embedding(input(Input.IDS), table);
  }

  T add(T a, T b);

  T multiply(T a, T b);

  /** {@code x W^T + b} with the tensors {@code prefix.weight} and, if it exists, {@code .bias}. */
  T linear(T x, String prefix);

  T activate(T x, Activation activation);

  /** A linear layer and its activation, which engines may fuse. */
  default T linear(T x, String prefix, Activation activation) {
    return activate(linear(x, prefix), activation);
  }

  /** Layer normalization over the last axis; a missing bias is zero. */
  T layerNorm(T x, String prefix, double epsilon);

  /** Residual connection and layer normalization, which engines may fuse. */
  default T addNorm(T x, T residual, String prefix, double epsilon) {
    return layerNorm(add(x, residual), prefix, epsilon);
  }

  /** Root-mean-square normalization over the last axis. */
  T rmsNorm(T x, String weight, double epsilon);

  /** Dropout while training, nothing otherwise. */
  T dropout(T x, double probability);

  /** {@code [b][t][n*d]} to {@code [b][n][t][d]}. */
  T heads(T x, int heads);

  /** {@code [b][t][n*d]} to {@code [b][t][n][d]}, to normalize each head. */
  T perHead(T x, int heads);

  /** {@code [b][t][n][d]} to {@code [b][n][t][d]}. */
  T headsFirst(T x);

  /** Rotary position embedding of {@code [b][n][t][d]} by tables {@code [t][d]}. */
  T rotate(T x, T cos, T sin);

  /**
   * Scaled dot-product attention, softmax(q k^T / sqrt(d) + bias) v.
   *
   * @param q {@code [b][n][t][d]}
   * @param k {@code [b][m][t][d]}, where m divides n (grouped queries)
   * @param v as k
   * @param bias added to the scores, broadcast to {@code [b][n][t][t]}
   * @return {@code [b][t][n*d]}
   */
  T attend(T q, T k, T v, T bias, double dropout);

  /** Self-attention of BERT's kind: three linear layers, heads, attention; engines may fuse it. */
  default T selfAttention(T x, List<String> queryKeyValue, int heads, T bias, double dropout) {
    T q = heads(linear(x, queryKeyValue.get(0)), heads);
    T k = heads(linear(x, queryKeyValue.get(1)), heads);
    T v = heads(linear(x, queryKeyValue.get(2)), heads);
    return attend(q, k, v, bias, dropout);
  }

  /**
   * One layer of several. An engine that computes at once may free what lies between the input and
   * the result of a layer, and the input, which is therefore read by the layer alone.
   *
   * @param steps from the input of the layer to its result
   */
  default T layer(T x, UnaryOperator<T> steps) {
    return steps.apply(x);
  }

  /** Cuts the last axis into equal parts. */
  List<T> split(T x, int parts);

  /** Table {@code [buckets][n]} at {@code [t][t]}, as {@code [1][n][t][t]}. */
  T relativeBias(T buckets, T table);

  /** The first token of each text: {@code [b][t][h]} to {@code [b][h]}. */
  T firstToken(T x);

  /**
   * Weighted sum over tokens: {@code [b][t][h]} and weights {@code [b][1][t]} to {@code [b][h]}.
   */
  T combineTokens(T x, T weights);
}
