package dev.embedlab.onnx;

import dev.embedlab.nn.Activation;
import dev.embedlab.onnx.OnnxNodes.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Linear layers, their products in 32-bit floats or 8 bits, and what follows them. */
final class OnnxProducts {

  /** The weights of a linear layer as they are in the model, {@code [out][in]}. */
  private static final Map<String, ?> BY_ROWS = Map.of("transB", 1L);

  private final OnnxNodes nodes;
  private final GraphWeights weights;
  private final OnnxPrecision precision;
  private final boolean saturating;
  private final Set<String> attended = new HashSet<>();

  /**
   * @param saturating in 8 bits alone: weights of products keep to 7 bits; values and outputs of
   *     attention, few and the most sensitive, then stay in 32 bits
   */
  OnnxProducts(OnnxNodes nodes, GraphWeights weights, OnnxPrecision precision, boolean saturating) {
    this.nodes = nodes;
    this.weights = weights;
    this.precision = precision;
    this.saturating = saturating;
  }

  /** Marks what attention gives, which the output layer reads. */
  Value attended(Value mixed) {
    attended.add(mixed.name());
    return mixed;
  }

  /** Query, key and value, side by side if all of them are quantized or none is. */
  List<String> queryKeyValue(Value x, List<String> layers) {
    if (saturating) {
      List<String> parts =
          new ArrayList<>(nodes.graph().split(nodes.name(linear(x, layers.subList(0, 2))), 2));
      parts.add(nodes.name(wide(x, layers.subList(2, 3))));
      return parts;
    }
    return nodes.graph().split(nodes.name(linear(x, layers)), 3);
  }

  Value linear(Value x, String prefix) {
    return linear(x, List.of(prefix));
  }

  /** Layers that read the same, side by side. */
  Value linear(Value x, List<String> layers) {
    if (precision == OnnxPrecision.FP32 || saturating && attended.contains(x.name())) {
      return wide(x, layers);
    }
    GraphWeights.Quantized w = weights.quantized(layers);
    return nodes.fused(
        "DynamicQuantizeMatMul", Map.of(), nodes.read(x), w.codes(), w.scales(), "", w.biases());
  }

  private Value wide(Value x, List<String> layers) {
    boolean biased = layers.stream().anyMatch(layer -> weights.has(layer + ".bias"));
    Value product =
        layers.size() == 1
            ? nodes.fused(
                "FusedMatMul", BY_ROWS, nodes.read(x), weights.plain(layers.getFirst() + ".weight"))
            : nodes.node("MatMul", Map.of(), nodes.read(x), weights.transposed(layers));
    return new Value(product.name(), biased ? weights.biases(layers) : "");
  }

  Value linear(Value x, String prefix, Activation activation) {
    Value product = linear(x, prefix);
    if (product.bias().isEmpty()) {
      return activate(product, activation);
    }
    return switch (activation) {
      case GELU -> nodes.fused("BiasGelu", Map.of(), product.name(), product.bias());
      case GELU_TANH -> nodes.fused("FastGelu", Map.of(), product.name(), product.bias());
      default -> activate(product, activation);
    };
  }

  Value activate(Value value, Activation activation) {
    String x = nodes.read(value);
    return switch (activation) {
      case GELU -> nodes.fused("Gelu", Map.of(), x);
      case GELU_TANH -> nodes.fused("FastGelu", Map.of(), x);
      case RELU -> nodes.node("Relu", Map.of(), x);
      case SILU -> nodes.fused("QuickGelu", Map.of("alpha", 1f), x);
      case TANH -> nodes.node("Tanh", Map.of(), x);
      case SIGMOID -> nodes.node("Sigmoid", Map.of(), x);
      case LEAKY_RELU -> nodes.node("LeakyRelu", Map.of("alpha", 0.01f), x);
      case ELU -> nodes.node("Elu", Map.of(), x);
      case SOFTPLUS -> nodes.node("Softplus", Map.of(), x);
      case GELU_QUICK -> nodes.fused("QuickGelu", Map.of("alpha", 1.702f), x);
      case GELU_10 -> clip(nodes.fused("Gelu", Map.of(), x).name(), -10, 10);
      case SOFTMAX -> nodes.node("Softmax", Map.of("axis", -1L), x);
      case SELU -> nodes.node("Selu", Map.of(), x);
      case MISH -> nodes.node("Mish", Map.of(), x);
      case RELU6 -> clip(x, 0, 6);
      case HARD_TANH -> clip(x, -1, 1);
      case HARD_SIGMOID -> nodes.node("HardSigmoid", Map.of("alpha", 1 / 6f), x);
      case HARD_SWISH -> nodes.node("HardSwish", Map.of(), x);
      case SOFTSIGN -> nodes.node("Softsign", Map.of(), x);
      case TANH_SHRINK -> nodes.node("Sub", Map.of(), x, nodes.graph().node("Tanh", Map.of(), x));
      case LOG_SIGMOID -> nodes.node("Log", Map.of(), nodes.graph().node("Sigmoid", Map.of(), x));
      case IDENTITY -> value;
    };
  }

  private Value clip(String x, float low, float high) {
    return nodes.node(
        "Clip", Map.of(), x, nodes.graph().scalar("low", low), nodes.graph().scalar("high", high));
  }
}
