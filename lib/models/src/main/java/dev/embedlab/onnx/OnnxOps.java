package dev.embedlab.onnx;

import dev.embedlab.nn.Activation;
import dev.embedlab.nn.Input;
import dev.embedlab.nn.Ops;
import dev.embedlab.onnx.OnnxNodes.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a network as an ONNX graph, with the fused operations of ONNX Runtime where they exist:
 * attention with its three projections, bias with GELU, bias with residual and normalization,
 * quantization with multiplication.
 *
 * <p>Operations: <a
 * href="https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md">contrib
 * operators</a>.
 */
final class OnnxOps implements Ops<Value> {

  private final OnnxGraph graph;
  private final GraphWeights weights;
  private final OnnxNodes nodes;
  private final OnnxProducts products;
  private final OnnxNorms norms;
  private final OnnxAttention attention;

  /**
   * @param saturating whether the processor cannot multiply two full ranges of 8 bits
   * @param headDim width of an attention head
   */
  OnnxOps(
      OnnxGraph graph,
      GraphWeights weights,
      OnnxPrecision precision,
      boolean saturating,
      int headDim) {
    this.graph = graph;
    this.weights = weights;
    this.nodes = new OnnxNodes(graph);
    this.products = new OnnxProducts(nodes, weights, precision, saturating);
    this.norms = new OnnxNorms(nodes, weights);
    this.attention = new OnnxAttention(nodes, products, weights, precision, headDim);
  }

  /** The inputs that the graph really reads. */
  Set<Input> used() {
    return nodes.used();
  }

  /** Whether the graph reads {@link OnnxNodes#MASK}. */
  boolean isMasked() {
    return nodes.isMasked();
  }

  /** The name of a value, its bias added. */
  String name(Value value) {
    return nodes.name(value);
  }

  @Override
  public Value input(Input input) {
    return OnnxNodes.value(input.name());
  }

  @Override
  public Value weight(String name) {
    return OnnxNodes.value(weights.plain(name));
  }

  @Override
  public boolean hasWeight(String name) {
    return weights.has(name);
  }

  @Override
  public Value embedding(Value ids, Value table) {
    return nodes.node("Gather", Map.of(), nodes.read(table), nodes.read(ids));
  }

  @Override
  public Value add(Value a, Value b) {
    return nodes.add(a, b);
  }

  @Override
  public Value multiply(Value a, Value b) {
    return nodes.multiply(a, b);
  }

  @Override
  public Value linear(Value x, String prefix) {
    return products.linear(x, prefix);
  }

  @Override
  public Value linear(Value x, String prefix, Activation activation) {
    return products.linear(x, prefix, activation);
  }

  @Override
  public Value activate(Value x, Activation activation) {
    return products.activate(x, activation);
  }

  @Override
  public Value layerNorm(Value x, String prefix, double epsilon) {
    return norms.layerNorm(x, prefix, epsilon);
  }

  @Override
  public Value addNorm(Value x, Value residual, String prefix, double epsilon) {
    return norms.addNorm(x, residual, prefix, epsilon);
  }

  @Override
  public Value rmsNorm(Value x, String weight, double epsilon) {
    return attention.withHeadsOf(x, norms.rmsNorm(x, weight, epsilon));
  }

  @Override
  public Value dropout(Value x, double probability) {
    return x;
  }

  @Override
  public Value heads(Value x, int count) {
    return headsFirst(perHead(x, count));
  }

  @Override
  public Value perHead(Value x, int count) {
    return attention.perHead(x, count);
  }

  @Override
  public Value headsFirst(Value x) {
    return attention.headsFirst(x);
  }

  @Override
  public Value rotate(Value x, Value cos, Value sin) {
    return attention.rotate(x, cos, sin);
  }

  @Override
  public Value attend(Value q, Value k, Value v, Value bias, double dropout) {
    return attention.attend(q, k, v, bias);
  }

  @Override
  public Value selfAttention(
      Value x, List<String> queryKeyValue, int heads, Value bias, double dropout) {
    return attention.selfAttention(x, queryKeyValue, heads, bias);
  }

  @Override
  public List<Value> split(Value x, int parts) {
    return nodes.split(x, parts);
  }

  @Override
  public Value relativeBias(Value buckets, Value table) {
    Value heads = nodes.transpose(embedding(buckets, table), 2, 0, 1);
    return nodes.node("Unsqueeze", Map.of(), heads.name(), graph.constant("axis", 0));
  }

  @Override
  public Value firstToken(Value x) {
    Value first =
        nodes.node("Gather", Map.of("axis", 1L), nodes.read(x), graph.constant("first", 0));
    return nodes.node("Squeeze", Map.of(), first.name(), graph.constant("axis", 1));
  }

  @Override
  public Value combineTokens(Value x, Value tokenWeights) {
    Value sum = nodes.node("MatMul", Map.of(), nodes.read(tokenWeights), nodes.read(x));
    return nodes.node("Squeeze", Map.of(), sum.name(), graph.constant("axis", 1));
  }
}
