package dev.embedlab.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A graph that is being written. Field numbers are those of <a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>.
 */
final class OnnxGraph {

  /** Domain of ONNX Runtime's fused operations. */
  static final String FUSED = "com.microsoft";

  private static final long IR_VERSION = 8;
  private static final long OPSET = 18;
  private static final int EXTERNAL = 1;

  private final ProtoWriter graph = new ProtoWriter().text(2, "embedlab");
  private int names;

  private String fresh(String hint) {
    return hint + "_" + names++;
  }

  /**
   * @param axes lengths as numbers, or names for those that only a batch knows
   */
  void input(String name, ElementType type, List<String> axes) {
    graph.message(11, valueInfo(name, type, axes));
  }

  void output(String name, ElementType type, List<String> axes) {
    graph.message(12, valueInfo(name, type, axes));
  }

  private static ProtoWriter valueInfo(String name, ElementType type, List<String> axes) {
    ProtoWriter shape = new ProtoWriter();
    for (String axis : axes) {
      boolean known = axis.chars().allMatch(Character::isDigit);
      ProtoWriter dim = new ProtoWriter();
      shape.message(1, known ? dim.integer(1, Long.parseLong(axis)) : dim.text(2, axis));
    }
    ProtoWriter tensor = new ProtoWriter().integer(1, type.number()).message(2, shape);
    return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
  }

  /** Declares a constant whose content is handed to the session beside the graph. */
  void external(String name, ElementType type, long... shape) {
    ProtoWriter location = new ProtoWriter().text(1, "location").text(2, name);
    graph.message(5, tensor(name, type, shape).message(13, location).integer(14, EXTERNAL));
  }

  /** Adds a small constant vector. */
  String constant(String hint, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    String name = fresh(hint);
    graph.message(5, tensor(name, ElementType.INT64, values.length).bytes(9, raw.array()));
    return name;
  }

  /** Adds a scalar. */
  String scalar(String hint, float value) {
    ByteBuffer raw = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
    String name = fresh(hint);
    graph.message(5, tensor(name, ElementType.FLOAT).bytes(9, raw.array()));
    return name;
  }

  /** Adds a scalar of a byte. */
  String scalar(String hint, byte value) {
    String name = fresh(hint);
    graph.message(5, tensor(name, ElementType.UINT8).bytes(9, new byte[] {value}));
    return name;
  }

  private static ProtoWriter tensor(String name, ElementType type, long... shape) {
    ProtoWriter tensor = new ProtoWriter();
    for (long axis : shape) {
      tensor.integer(1, axis);
    }
    return tensor.integer(2, type.number()).text(8, name);
  }

  /** Adds an operation of the standard with one output. */
  String node(String operation, Map<String, ?> attributes, String... inputs) {
    return add("", operation, attributes, 1, inputs).getFirst();
  }

  /** Adds a fused operation with one output. */
  String fused(String operation, Map<String, ?> attributes, String... inputs) {
    return add(FUSED, operation, attributes, 1, inputs).getFirst();
  }

  /** Cuts the last axis into equal parts. */
  List<String> split(String input, int parts) {
    return add("", "Split", Map.of("axis", -1L, "num_outputs", (long) parts), parts, input);
  }

  /**
   * @param attributes values are Long, Float or long[]
   * @param inputs an empty name leaves an optional input out
   * @return names of the outputs
   */
  private List<String> add(
      String domain, String operation, Map<String, ?> attributes, int outputs, String... inputs) {
    ProtoWriter node = new ProtoWriter();
    for (String input : inputs) {
      node.text(1, input);
    }
    List<String> results = IntStream.range(0, outputs).mapToObj(_ -> fresh(operation)).toList();
    results.forEach(result -> node.text(2, result));
    node.text(3, results.getFirst()).text(4, operation);
    attributes.forEach((key, value) -> node.message(5, attribute(key, value)));
    graph.message(1, node.text(7, domain));
    return results;
  }

  private static ProtoWriter attribute(String name, Object value) {
    ProtoWriter attribute = new ProtoWriter().text(1, name);
    switch (value) {
      case Long number -> attribute.integer(3, number).integer(20, 2);
      case Float number -> attribute.decimal(2, number).integer(20, 1);
      case long[] numbers -> {
        for (long number : numbers) {
          attribute.integer(8, number);
        }
        attribute.integer(20, 7);
      }
      default -> throw new IllegalArgumentException("Attribute " + name + ": " + value);
    }
    return attribute;
  }

  /** Gives a tensor a name of one's own. */
  String rename(String tensor, String name) {
    graph.message(
        1, new ProtoWriter().text(1, tensor).text(2, name).text(3, name).text(4, "Identity"));
    return name;
  }

  /** The whole model file. */
  byte[] toBytes() {
    return new ProtoWriter()
        .integer(1, IR_VERSION)
        .text(2, "embedlab")
        .message(7, graph)
        .message(8, new ProtoWriter().text(1, "").integer(2, OPSET))
        .message(8, new ProtoWriter().text(1, FUSED).integer(2, 1))
        .toBytes();
  }
}
