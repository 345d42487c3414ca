package dev.embedlab.onnx;

import dev.embedlab.nn.Input;
import dev.embedlab.onnx.OnnxNodes.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Attention, in one operation where ONNX Runtime has it, and the heads that it works on. */
final class OnnxAttention {

  /** Added to the scores of padding, as in the reference. */
  private static final float MASKED = -1e9f;

  private final OnnxNodes nodes;
  private final OnnxProducts products;
  private final GraphWeights weights;
  private final OnnxPrecision precision;
  private final int headDim;
  private final Map<String, Integer> heads = new HashMap<>();

  /**
   * @param headDim width of an attention head
   */
  OnnxAttention(
      OnnxNodes nodes,
      OnnxProducts products,
      GraphWeights weights,
      OnnxPrecision precision,
      int headDim) {
    this.nodes = nodes;
    this.products = products;
    this.weights = weights;
    this.precision = precision;
    this.headDim = headDim;
  }

  /** Grouped attention must know how many heads a tensor has, which shapes of names do not say. */
  Value withHeadsOf(Value from, Value to) {
    if (heads.containsKey(from.name())) {
      heads.put(to.name(), heads.get(from.name()));
    }
    return to;
  }

  Value perHead(Value x, int count) {
    Value y =
        nodes.node(
            "Reshape", Map.of(), nodes.read(x), nodes.graph().constant("shape", 0, 0, count, -1));
    heads.put(y.name(), count);
    return y;
  }

  Value headsFirst(Value x) {
    return withHeadsOf(x, nodes.transpose(x, 0, 2, 1, 3));
  }

  Value rotate(Value x, Value cos, Value sin) {
    List<String> halves = nodes.graph().split(nodes.read(x), 2);
    Value turned = nodes.node("Neg", Map.of(), halves.get(1));
    Value rotated = nodes.node("Concat", Map.of("axis", -1L), turned.name(), halves.get(0));
    return withHeadsOf(x, nodes.add(nodes.multiply(x, cos), nodes.multiply(rotated, sin)));
  }

  Value attend(Value q, Value k, Value v, Value bias) {
    int groups = heads.get(q.name()) / heads.get(k.name());
    String keys = nodes.transpose(repeatHeads(k, groups), 0, 1, 3, 2).name();
    float scale = (float) (1 / Math.sqrt(headDim));
    Value scores =
        nodes.node(
            "Mul",
            Map.of(),
            nodes.node("MatMul", Map.of(), nodes.read(q), keys).name(),
            nodes.graph().scalar("scale", scale));
    Value shares = nodes.node("Softmax", Map.of("axis", -1L), nodes.add(scores, bias).name());
    Value mixed = nodes.node("MatMul", Map.of(), shares.name(), repeatHeads(v, groups).name());
    Value joined =
        nodes.node(
            "Reshape",
            Map.of(),
            nodes.transpose(mixed, 0, 2, 1, 3).name(),
            nodes.graph().constant("shape", 0, 0, -1));
    return products.attended(joined);
  }

  /** Each key head serves a run of neighbouring query heads. */
  private Value repeatHeads(Value x, int times) {
    if (times == 1) {
      return x;
    }
    int count = heads.get(x.name());
    Value apart =
        nodes.node("Unsqueeze", Map.of(), nodes.read(x), nodes.graph().constant("axis", 2));
    Value repeated =
        nodes.node(
            "Tile", Map.of(), apart.name(), nodes.graph().constant("times", 1, 1, times, 1, 1));
    String shape = nodes.graph().constant("shape", 0, (long) count * times, -1, headDim);
    return nodes.node("Reshape", Map.of(), repeated.name(), shape);
  }

  /** One operation for projections, scores, softmax and mixture. */
  Value selfAttention(Value x, List<String> queryKeyValue, int heads, Value bias) {
    boolean keysOnly = bias.name().equals(Input.KEY_BIAS.name());
    Map<String, ?> attributes = Map.of("num_heads", (long) heads, "mask_filter_value", MASKED);
    String mask = keysOnly ? nodes.mask() : "";
    String scores = keysOnly ? "" : nodes.read(bias);
    if (precision == OnnxPrecision.FP32) {
      return nodes.fused(
          "Attention",
          attributes,
          nodes.read(x),
          weights.transposed(queryKeyValue),
          weights.biases(queryKeyValue),
          mask,
          "",
          scores);
    }
    List<String> parts = products.queryKeyValue(x, queryKeyValue);
    return products.attended(
        nodes.fused(
            "MultiHeadAttention",
            attributes,
            parts.get(0),
            parts.get(1),
            parts.get(2),
            "",
            mask,
            scores));
  }
}
