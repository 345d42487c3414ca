package dev.embedlab.onnx;

import dev.embedlab.nn.Activation;
import dev.embedlab.nn.Input;
import dev.embedlab.nn.Ops;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
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
final class OnnxOps implements Ops<OnnxOps.Value> {

  /** Which tokens are real, {@code int32 [batch][tokens]}; stands for {@link Input#KEY_BIAS}. */
  static final String MASK = "mask";

  /** Added to the scores of padding, as in the reference. */
  private static final float MASKED = -1e9f;

  /**
   * A tensor of the graph.
   *
   * @param bias vector still to be added, which the next operation may take along; may be empty
   */
  record Value(String name, String bias) {}

  private final OnnxGraph graph;
  private final GraphWeights weights;
  private final OnnxPrecision precision;
  private final int headDim;
  private final Map<String, Integer> heads = new HashMap<>();
  private final Set<Input> used = EnumSet.noneOf(Input.class);
  private boolean masked;

  /**
   * @param headDim width of an attention head
   */
  OnnxOps(OnnxGraph graph, GraphWeights weights, OnnxPrecision precision, int headDim) {
    this.headDim = headDim;
    this.graph = graph;
    this.weights = weights;
    this.precision = precision;
  }

  /** The inputs that the graph really reads. */
  Set<Input> used() {
    return used;
  }

  /** Whether the graph reads {@link #MASK}. */
  boolean isMasked() {
    return masked;
  }

  /** The name of a value, its bias added. */
  String name(Value value) {
    return value.bias().isEmpty()
        ? value.name()
        : graph.node("Add", Map.of(), value.name(), value.bias());
  }

  private static Value value(String name) {
    return new Value(name, "");
  }

  private Value node(String operation, Map<String, ?> attributes, String... inputs) {
    return value(graph.node(operation, attributes, inputs));
  }

  private Value fused(String operation, Map<String, ?> attributes, String... inputs) {
    return value(graph.fused(operation, attributes, inputs));
  }

  @Override
  public Value input(Input input) {
    return value(input.name());
  }

  private String read(Value value) {
    for (Input input : Input.values()) {
      if (value.name().equals(input.name()) && used.add(input)) {
        graph.input(input.name(), GraphInputs.type(input), GraphInputs.axes(input));
      }
    }
    return name(value);
  }

  @Override
  public Value weight(String name) {
    return value(weights.plain(name));
  }

  @Override
  public boolean hasWeight(String name) {
    return weights.has(name);
  }

  @Override
  public Value embedding(Value ids, Value table) {
    return node("Gather", Map.of(), read(table), read(ids));
  }

  @Override
  public Value add(Value a, Value b) {
    return node("Add", Map.of(), read(a), read(b));
  }

  @Override
  public Value multiply(Value a, Value b) {
    return node("Mul", Map.of(), read(a), read(b));
  }

  @Override
  public Value linear(Value x, String prefix) {
    return linear(x, List.of(prefix));
  }

  private Value linear(Value x, List<String> layers) {
    boolean biased = layers.stream().anyMatch(layer -> hasWeight(layer + ".bias"));
    if (precision == OnnxPrecision.INT8) {
      GraphWeights.Quantized w = weights.quantized(layers);
      String bias = biased ? weights.biases(layers) : "";
      return fused("DynamicQuantizeMatMul", Map.of(), read(x), w.codes(), w.scales(), "", bias);
    }
    Value product = node("MatMul", Map.of(), read(x), weights.transposed(layers));
    return new Value(product.name(), biased ? weights.biases(layers) : "");
  }

  @Override
  public Value linear(Value x, String prefix, Activation activation) {
    Value product = linear(x, prefix);
    if (product.bias().isEmpty()) {
      return activate(product, activation);
    }
    return switch (activation) {
      case GELU -> fused("BiasGelu", Map.of(), product.name(), product.bias());
      case GELU_TANH -> fused("FastGelu", Map.of(), product.name(), product.bias());
      default -> activate(product, activation);
    };
  }

  @Override
  public Value activate(Value value, Activation activation) {
    String x = read(value);
    return switch (activation) {
      case GELU -> fused("Gelu", Map.of(), x);
      case GELU_TANH -> fused("FastGelu", Map.of(), x);
      case RELU -> node("Relu", Map.of(), x);
      case SILU -> fused("QuickGelu", Map.of("alpha", 1f), x);
      case TANH -> node("Tanh", Map.of(), x);
      case SIGMOID -> node("Sigmoid", Map.of(), x);
      case LEAKY_RELU -> node("LeakyRelu", Map.of("alpha", 0.01f), x);
      case ELU -> node("Elu", Map.of(), x);
      case SOFTPLUS -> node("Softplus", Map.of(), x);
      case GELU_QUICK -> fused("QuickGelu", Map.of("alpha", 1.702f), x);
      case GELU_10 -> clip(fused("Gelu", Map.of(), x).name(), -10, 10);
      case SELU -> node("Selu", Map.of(), x);
      case MISH -> node("Mish", Map.of(), x);
      case RELU6 -> clip(x, 0, 6);
      case HARD_TANH -> clip(x, -1, 1);
      case HARD_SIGMOID -> node("HardSigmoid", Map.of("alpha", 1 / 6f), x);
      case HARD_SWISH -> node("HardSwish", Map.of(), x);
      case SOFTSIGN -> node("Softsign", Map.of(), x);
      case TANH_SHRINK -> node("Sub", Map.of(), x, graph.node("Tanh", Map.of(), x));
      case LOG_SIGMOID -> node("Log", Map.of(), graph.node("Sigmoid", Map.of(), x));
      case IDENTITY -> value;
    };
  }

  private Value clip(String x, float low, float high) {
    return node("Clip", Map.of(), x, graph.scalar("low", low), graph.scalar("high", high));
  }

  @Override
  public Value layerNorm(Value x, String prefix, double epsilon) {
    Map<String, ?> attributes = Map.of("axis", -1L, "epsilon", (float) epsilon);
    String gain = weights.plain(prefix + ".weight");
    return hasWeight(prefix + ".bias")
        ? node("LayerNormalization", attributes, read(x), gain, weights.plain(prefix + ".bias"))
        : node("LayerNormalization", attributes, read(x), gain);
  }

  @Override
  public Value addNorm(Value x, Value residual, String prefix, double epsilon) {
    if (!hasWeight(prefix + ".bias")) {
      return layerNorm(add(x, residual), prefix, epsilon);
    }
    List<String> inputs = new ArrayList<>();
    inputs.add(x.name());
    inputs.add(read(residual));
    inputs.add(weights.plain(prefix + ".weight"));
    inputs.add(weights.plain(prefix + ".bias"));
    if (!x.bias().isEmpty()) {
      inputs.add(x.bias());
    }
    return fused(
        "SkipLayerNormalization",
        Map.of("epsilon", (float) epsilon),
        inputs.toArray(String[]::new));
  }

  @Override
  public Value rmsNorm(Value x, String weight, double epsilon) {
    Value norm =
        node(
            "SimplifiedLayerNormalization",
            Map.of("axis", -1L, "epsilon", (float) epsilon),
            read(x),
            weights.plain(weight));
    return withHeadsOf(x, norm);
  }

  /** Grouped attention must know how many heads a tensor has, which shapes of names do not say. */
  private Value withHeadsOf(Value from, Value to) {
    if (heads.containsKey(from.name())) {
      heads.put(to.name(), heads.get(from.name()));
    }
    return to;
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
    Value y = node("Reshape", Map.of(), read(x), graph.constant("shape", 0, 0, count, -1));
    heads.put(y.name(), count);
    return y;
  }

  @Override
  public Value headsFirst(Value x) {
    return withHeadsOf(x, transpose(x, 0, 2, 1, 3));
  }

  private Value transpose(Value x, long... axes) {
    return node("Transpose", Map.of("perm", axes), read(x));
  }

  @Override
  public Value rotate(Value x, Value cos, Value sin) {
    List<String> halves = graph.split(read(x), 2);
    Value turned = node("Neg", Map.of(), halves.get(1));
    Value rotated = node("Concat", Map.of("axis", -1L), turned.name(), halves.get(0));
    return withHeadsOf(x, add(multiply(x, cos), multiply(rotated, sin)));
  }

  @Override
  public Value attend(Value q, Value k, Value v, Value bias, double dropout) {
    int groups = heads.get(q.name()) / heads.get(k.name());
    String keys = transpose(repeatHeads(k, groups), 0, 1, 3, 2).name();
    float scale = (float) (1 / Math.sqrt(headDim));
    Value scores =
        node(
            "Mul",
            Map.of(),
            node("MatMul", Map.of(), read(q), keys).name(),
            graph.scalar("scale", scale));
    Value shares = node("Softmax", Map.of("axis", -1L), add(scores, bias).name());
    Value mixed = node("MatMul", Map.of(), shares.name(), repeatHeads(v, groups).name());
    return node(
        "Reshape",
        Map.of(),
        transpose(mixed, 0, 2, 1, 3).name(),
        graph.constant("shape", 0, 0, -1));
  }

  /** Each key head serves a run of neighbouring query heads. */
  private Value repeatHeads(Value x, int times) {
    if (times == 1) {
      return x;
    }
    int count = heads.get(x.name());
    Value apart = node("Unsqueeze", Map.of(), read(x), graph.constant("axis", 2));
    Value repeated =
        node("Tile", Map.of(), apart.name(), graph.constant("times", 1, 1, times, 1, 1));
    String shape = graph.constant("shape", 0, (long) count * times, -1, headDim);
    return node("Reshape", Map.of(), repeated.name(), shape);
  }

  /** One operation for projections, scores, softmax and mixture. */
  @Override
  public Value selfAttention(
      Value x, List<String> queryKeyValue, int heads, Value bias, double dropout) {
    boolean keysOnly = bias.name().equals(Input.KEY_BIAS.name());
    Map<String, ?> attributes = Map.of("num_heads", (long) heads, "mask_filter_value", MASKED);
    String mask = keysOnly ? mask() : "";
    String scores = keysOnly ? "" : read(bias);
    if (precision == OnnxPrecision.FP32) {
      return fused(
          "Attention",
          attributes,
          read(x),
          weights.transposed(queryKeyValue),
          weights.biases(queryKeyValue),
          mask,
          "",
          scores);
    }
    List<String> parts = graph.split(name(linear(x, queryKeyValue)), 3);
    return fused(
        "MultiHeadAttention",
        attributes,
        parts.get(0),
        parts.get(1),
        parts.get(2),
        "",
        mask,
        scores);
  }

  private String mask() {
    if (!masked) {
      graph.input(MASK, ElementType.INT32, List.of("batch", "tokens"));
      masked = true;
    }
    return MASK;
  }

  @Override
  public List<Value> split(Value x, int parts) {
    return graph.split(read(x), parts).stream().map(OnnxOps::value).toList();
  }

  @Override
  public Value relativeBias(Value buckets, Value table) {
    Value heads = transpose(embedding(buckets, table), 2, 0, 1);
    return node("Unsqueeze", Map.of(), heads.name(), graph.constant("axis", 0));
  }

  @Override
  public Value firstToken(Value x) {
    Value first = node("Gather", Map.of("axis", 1L), read(x), graph.constant("first", 0));
    return node("Squeeze", Map.of(), first.name(), graph.constant("axis", 1));
  }

  @Override
  public Value combineTokens(Value x, Value tokenWeights) {
    Value sum = node("MatMul", Map.of(), read(tokenWeights), read(x));
    return node("Squeeze", Map.of(), sum.name(), graph.constant("axis", 1));
  }
}
