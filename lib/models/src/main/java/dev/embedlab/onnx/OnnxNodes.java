package dev.embedlab.onnx;

import dev.embedlab.nn.Input;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds operations to a graph whose inputs are declared when they are first read. */
final class OnnxNodes {

  /** Which tokens are real, {@code int32 [batch][tokens]}; stands for {@link Input#KEY_BIAS}. */
  static final String MASK = "mask";

  /**
   * A tensor of the graph.
   *
   * @param bias vector still to be added, which the next operation may take along; may be empty
   */
  record Value(String name, String bias) {}

  private final OnnxGraph graph;
  private final Set<Input> used = EnumSet.noneOf(Input.class);
  private boolean masked;

  OnnxNodes(OnnxGraph graph) {
    this.graph = graph;
  }

  /** The inputs that the graph really reads. */
  Set<Input> used() {
    return used;
  }

  /** Whether the graph reads {@link #MASK}. */
  boolean isMasked() {
    return masked;
  }

  /** The graph itself, for constants. */
  OnnxGraph graph() {
    return graph;
  }

  static Value value(String name) {
    return new Value(name, "");
  }

  /** An operation of the standard. */
  Value node(String operation, Map<String, ?> attributes, String... inputs) {
    return value(graph.node(operation, attributes, inputs));
  }

  /** An operation of ONNX Runtime. */
  Value fused(String operation, Map<String, ?> attributes, String... inputs) {
    return value(graph.fused(operation, attributes, inputs));
  }

  /** The name of a value, its bias added. */
  String name(Value value) {
    return value.bias().isEmpty()
        ? value.name()
        : graph.node("Add", Map.of(), value.name(), value.bias());
  }

  /** The name of a value that an operation reads, its bias added. */
  String read(Value value) {
    for (Input input : Input.values()) {
      if (value.name().equals(input.name()) && used.add(input)) {
        graph.input(input.name(), GraphInputs.type(input), GraphInputs.axes(input));
      }
    }
    return name(value);
  }

  /** The name of {@link #MASK}, which the graph reads from now on. */
  String mask() {
    if (!masked) {
      graph.input(MASK, ElementType.INT32, List.of("batch", "tokens"));
      masked = true;
    }
    return MASK;
  }

  Value add(Value a, Value b) {
    return node("Add", Map.of(), read(a), read(b));
  }

  Value multiply(Value a, Value b) {
    return node("Mul", Map.of(), read(a), read(b));
  }

  Value transpose(Value x, long... axes) {
    return node("Transpose", Map.of("perm", axes), read(x));
  }

  List<Value> split(Value x, int parts) {
    return graph.split(read(x), parts).stream().map(OnnxNodes::value).toList();
  }
}
