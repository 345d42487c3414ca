package dev.embedlab.engine;

import dev.embedlab.nn.Activation;
import dev.embedlab.nn.Input;
import dev.embedlab.nn.Ops;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Writes a network as TorchScript text, one statement for each operation, with libtorch's fused
 * attention and oneDNN's fused linear layers. Inputs are {@code x[i]}, weights {@code w[i]}, packed
 * int8 layers {@code p[i]}. An absent bias is written as None.
 */
final class ScriptOps implements Ops<String> {

  static final String NONE = "None";

  private final Weights weights;
  private final List<Input> inputs;
  private final boolean masked;
  private final ScriptKernels kernels;
  private final boolean saturating;
  private final List<String> weightNames;
  private final List<List<String>> packedLayers = new ArrayList<>();
  private final Set<String> narrow = new HashSet<>();
  private final Set<String> attended = new HashSet<>();
  private final Map<String, String> narrowed = new HashMap<>();
  private final StringBuilder body = new StringBuilder();
  private int variables;

  /**
   * @param masked whether batches have padding; without, attention needs no mask of keys
   * @param saturating for 8-bit kernels alone: inputs of products keep to 7 bits; values and
   *     outputs of attention, few and the most sensitive, then stay in 32 bits
   */
  ScriptOps(
      Weights weights,
      List<Input> inputs,
      boolean masked,
      ScriptKernels kernels,
      boolean saturating) {
    this.weights = weights;
    this.inputs = inputs;
    this.masked = masked;
    this.kernels = kernels;
    this.saturating = saturating;
    this.weightNames = List.copyOf(weights.parameters().keySet());
  }

  /** The statements written so far, without the last return. */
  String body() {
    return body.toString();
  }

  /** Prefixes of the linear layers that are packed, matrix by matrix, in the order of {@code p}. */
  List<List<String>> packedLayers() {
    return packedLayers;
  }

  private String let(String expression, Object... arguments) {
    String name = "v" + variables++;
    String text = String.format(Locale.ROOT, expression, arguments);
    body.append("  ").append(name).append(" = ").append(text).append('\n');
    return name;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.17e", value);
  }

  @Override
  public String input(Input input) {
    return input == Input.KEY_BIAS && !masked ? NONE : "x[" + inputs.indexOf(input) + "]";
  }

  @Override
  public String weight(String name) {
    return "w[" + weightNames.indexOf(name) + "]";
  }

  @Override
  public boolean hasWeight(String name) {
    return weights.has(name);
  }

  private String optionalWeight(String name) {
    return hasWeight(name) ? weight(name) : NONE;
  }

  @Override
  public String embedding(String ids, String table) {
    return let("torch.embedding(%s, %s)", table, ids);
  }

  @Override
  public String add(String a, String b) {
    if (a.equals(NONE) || b.equals(NONE)) {
      return a.equals(NONE) ? b : a;
    }
    String sum = let("torch.add(%s, %s)", a, b);
    return narrow.contains(a) ? as(b, sum) : sum;
  }

  @Override
  public String multiply(String a, String b) {
    String product = let("torch.mul(%s, %s)", a, b);
    return narrow.contains(a) ? as(b, product) : product;
  }

  @Override
  public String linear(String x, String prefix) {
    return linear(x, prefix, Activation.IDENTITY);
  }

  @Override
  public String linear(String x, String prefix, Activation activation) {
    return switch (kernels) {
      case FUSED -> fusedLinear(x, prefix, activation);
      case BF16 ->
          activation == Activation.GELU
              ? bf16Linear(x, List.of(prefix), "gelu")
              : activate(bf16Linear(x, List.of(prefix), "none"), activation);
      case INT8 ->
          saturating && attended.contains(x)
              ? activate(plainLinear(x, prefix), activation)
              : activate(int8Linear(x, prefix), activation);
      case PLAIN -> activate(plainLinear(x, prefix), activation);
    };
  }

  private String fusedLinear(String x, String prefix, Activation activation) {
    boolean fused = activation == Activation.GELU;
    String out =
        let(
            "ops.mkldnn._linear_pointwise(%s, %s, %s, \"%s\", [], \"%s\")",
            x,
            weight(prefix + ".weight"),
            optionalWeight(prefix + ".bias"),
            fused ? "gelu" : "none",
            fused ? "none" : "");
    return fused ? out : activate(out, activation);
  }

  private String plainLinear(String x, String prefix) {
    return let(
        "torch.linear(%s, %s, %s)",
        x, weight(prefix + ".weight"), optionalWeight(prefix + ".bias"));
  }

  private String int8Linear(String x, String prefix) {
    packedLayers.add(List.of(prefix));
    return let(
        "ops.quantized.linear_dynamic(%s, p[%d], %s)",
        x, packedLayers.size() - 1, saturating ? "True" : "False");
  }

  /** The result stays in bfloat16 until an operation wants 32 bits. */
  private String bf16Linear(String x, List<String> layers, String activation) {
    packedLayers.add(layers);
    int index = 2 * (packedLayers.size() - 1);
    return narrow(
        let(
            "ops.mkldnn._linear_pointwise(%s, p[%d], p[%d], \"%s\", [], \"%s\")",
            toNarrow(x), index, index + 1, activation, activation.equals("none") ? "" : "none"));
  }

  private String narrow(String x) {
    narrow.add(x);
    return x;
  }

  /** In bfloat16. What several layers read is converted once. */
  private String toNarrow(String x) {
    return narrow.contains(x)
        ? x
        : narrowed.computeIfAbsent(x, wide -> narrow(let("torch.to(%s, 15)", wide)));
  }

  /** In 32 bits; what a program returns. */
  String wide(String x) {
    return narrow.contains(x) ? let("torch.to(%s, 6)", x) : x;
  }

  /** Gives what an operation that moves numbers, or takes both widths, made of one argument. */
  private String as(String argument, String result) {
    return narrow.contains(argument) ? narrow(result) : result;
  }

  @Override
  public String activate(String value, Activation activation) {
    String x = wide(value);
    return switch (activation) {
      case GELU -> let("torch.gelu(%s)", x);
      case GELU_TANH -> let("torch.gelu(%s, approximate=\"tanh\")", x);
      case GELU_QUICK ->
          let("torch.mul(%s, torch.sigmoid(torch.mul(%s, %s)))", x, x, number(1.702));
      case RELU -> let("torch.relu(%s)", x);
      case SILU -> let("torch.silu(%s)", x);
      case TANH -> let("torch.tanh(%s)", x);
      case SIGMOID -> let("torch.sigmoid(%s)", x);
      case LEAKY_RELU -> let("torch.leaky_relu(%s)", x);
      case ELU -> let("torch.elu(%s)", x);
      case SOFTPLUS -> let("torch.softplus(%s)", x);
      case GELU_10 -> let("torch.clamp(torch.gelu(%s), -10, 10)", x);
      case SOFTMAX -> let("torch.softmax(%s, -1)", x);
      case SELU -> let("torch.selu(%s)", x);
      case MISH -> let("torch.mish(%s)", x);
      case RELU6 -> let("torch.clamp(%s, 0, 6)", x);
      case HARD_TANH -> let("torch.clamp(%s, -1, 1)", x);
      case HARD_SIGMOID -> let("torch.hardsigmoid(%s)", x);
      case HARD_SWISH -> let("torch.hardswish(%s)", x);
      case SOFTSIGN -> let("torch.div(%s, torch.add(torch.abs(%s), 1))", x, x);
      case TANH_SHRINK -> let("torch.sub(%s, torch.tanh(%s))", x, x);
      case LOG_SIGMOID -> let("torch.neg(torch.softplus(torch.neg(%s)))", x);
      case IDENTITY -> x;
    };
  }

  @Override
  public String layerNorm(String x, String prefix, double epsilon) {
    return let(
        "torch.layer_norm(%s, [%d], %s, %s, %s, False)",
        wide(x),
        weights.array(prefix + ".weight").size(),
        weight(prefix + ".weight"),
        optionalWeight(prefix + ".bias"),
        number(epsilon));
  }

  @Override
  public String rmsNorm(String x, String weight, double epsilon) {
    long size = weights.array(weight).size();
    return let("torch.rms_norm(%s, [%d], %s, %s)", wide(x), size, weight(weight), number(epsilon));
  }

  @Override
  public String dropout(String x, double probability) {
    return x;
  }

  @Override
  public String heads(String x, int heads) {
    return headsFirst(perHead(x, heads));
  }

  @Override
  public String perHead(String x, int heads) {
    return as(x, let("torch.reshape(%s, [b, t, %d, -1])", x, heads));
  }

  @Override
  public String headsFirst(String x) {
    return as(x, let("torch.transpose(%s, 1, 2)", x));
  }

  @Override
  public String rotate(String value, String cos, String sin) {
    String x = wide(value);
    String halves = let("torch.chunk(%s, 2, -1)", x);
    String turned = let("torch.cat([torch.neg(%s[1]), %s[0]], -1)", halves, halves);
    return let("torch.add(torch.mul(%s, %s), torch.mul(%s, %s))", x, cos, turned, sin);
  }

  @Override
  public String attend(String q, String k, String v, String bias, double dropout) {
    String groups = let("torch.floordiv(torch.size(%s, 1), torch.size(%s, 1))", q, k);
    String keys = as(k, let("torch.repeat_interleave(%s, %s, 1)", k, groups));
    String values = as(v, let("torch.repeat_interleave(%s, %s, 1)", v, groups));
    return attended(q, keys, values, bias);
  }

  /** Without grouped queries, which need copies of keys and values. */
  @Override
  public String selfAttention(
      String x, List<String> queryKeyValue, int heads, String bias, double dropout) {
    if (kernels == ScriptKernels.BF16) {
      List<String> parts = split(bf16Linear(x, queryKeyValue, "none"), 3);
      return attended(
          heads(parts.get(0), heads), heads(parts.get(1), heads), heads(parts.get(2), heads), bias);
    }
    String q = heads(linear(x, queryKeyValue.get(0)), heads);
    String k = heads(linear(x, queryKeyValue.get(1)), heads);
    String value = queryKeyValue.get(2);
    String v = heads(saturating ? plainLinear(x, value) : linear(x, value), heads);
    return attended(q, k, v, bias);
  }

  private String attended(String q, String k, String v, String bias) {
    boolean half = kernels == ScriptKernels.BF16;
    String scores = half && !bias.equals(NONE) ? toNarrow(bias) : bias;
    String mask = bias.equals(NONE) ? NONE : let("torch.expand(%s, [-1, -1, t, t])", scores);
    String mixed =
        let(
            "torch.scaled_dot_product_attention(%s, %s, %s, %s, 0.)",
            half ? toNarrow(q) : q, half ? toNarrow(k) : k, half ? toNarrow(v) : v, mask);
    String joined = let("torch.reshape(torch.transpose(%s, 1, 2), [b, t, -1])", mixed);
    attended.add(joined);
    return half ? narrow(joined) : joined;
  }

  @Override
  public List<String> split(String x, int parts) {
    String list = let("torch.chunk(%s, %d, -1)", x, parts);
    return IntStream.range(0, parts).mapToObj(i -> as(x, list + "[" + i + "]")).toList();
  }

  @Override
  public String relativeBias(String buckets, String table) {
    String rows = embedding(buckets, table);
    return let("torch.unsqueeze(torch.permute(%s, [2, 0, 1]), 0)", rows);
  }

  @Override
  public String firstToken(String x) {
    return as(x, let("torch.select(%s, 1, 0)", x));
  }

  @Override
  public String combineTokens(String x, String tokenWeights) {
    return let("torch.squeeze(torch.matmul(%s, %s), 1)", tokenWeights, wide(x));
  }
}
