package dev.embedlab.onnx;

import ai.djl.ndarray.NDArray;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.embedlab.engine.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The constants of a graph, in the layout that its operations want: linear layers transposed to
 * {@code [in][out]}, several side by side where one operation computes them, in 8 bits if asked.
 * They live outside the heap, beside the graph, so a graph has no size limit.
 */
final class GraphWeights implements AutoCloseable {

  private static final int MAX_CODE = 127;

  private final Weights weights;
  private final OnnxGraph graph;
  private final Arena arena = Arena.ofShared();
  private final Map<String, OnnxTensorLike> tensors = new LinkedHashMap<>();

  GraphWeights(Weights weights, OnnxGraph graph) {
    this.weights = weights;
    this.graph = graph;
  }

  boolean has(String name) {
    return weights.has(name);
  }

  /** All tensors by name, for the session. */
  Map<String, OnnxTensorLike> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /** A tensor as it is in the checkpoint. */
  String plain(String name) {
    if (!tensors.containsKey(name)) {
      NDArray array = weights.array(name);
      floats(name, array.toFloatArray(), array.getShape().getShape());
    }
    return name;
  }

  /** A vector of zeros, for layers without a bias where an operation demands one. */
  String zeros(String name, long size) {
    if (!tensors.containsKey(name)) {
      floats(name, new float[Math.toIntExact(size)], size);
    }
    return name;
  }

  /** The weights of linear layers side by side, {@code [in][sum of out]}. */
  String transposed(List<String> layers) {
    String name = layers.getFirst() + ".transposed";
    if (!tensors.containsKey(name)) {
      Matrix matrix = matrix(layers);
      floats(name, matrix.values(), matrix.rows(), matrix.columns());
    }
    return name;
  }

  /** The biases of linear layers one after the other; zero where a layer has none. */
  String biases(List<String> layers) {
    String name = layers.getFirst() + ".biases";
    if (!tensors.containsKey(name)) {
      float[] all = new float[columns(layers)];
      int at = 0;
      for (String layer : layers) {
        if (has(layer + ".bias")) {
          float[] bias = weights.array(layer + ".bias").toFloatArray();
          System.arraycopy(bias, 0, all, at, bias.length);
        }
        at += columns(List.of(layer));
      }
      floats(name, all, all.length);
    }
    return name;
  }

  /**
   * Weights in 8 bits.
   *
   * @param codes {@code int8 [in][out]}
   * @param scales {@code [out]}, code times scale gives the weight
   */
  record Quantized(String codes, String scales) {}

  Quantized quantized(List<String> layers) {
    String codes = layers.getFirst() + ".int8";
    String scales = layers.getFirst() + ".scales";
    if (!tensors.containsKey(codes)) {
      Matrix matrix = matrix(layers);
      float[] scale = matrix.columnScales();
      MemorySegment memory = arena.allocate(matrix.values().length, 64);
      for (int i = 0; i < matrix.values().length; i++) {
        int code = Math.round(matrix.values()[i] / scale[i % matrix.columns()]);
        memory.set(ValueLayout.JAVA_BYTE, i, (byte) Math.clamp(code, -MAX_CODE, MAX_CODE));
      }
      put(codes, ElementType.INT8, memory, matrix.rows(), matrix.columns());
      floats(scales, scale, scale.length);
    }
    return new Quantized(codes, scales);
  }

  private record Matrix(float[] values, int rows, int columns) {

    /** The largest magnitude of each column becomes the largest code. */
    float[] columnScales() {
      float[] scales = new float[columns];
      for (int i = 0; i < values.length; i++) {
        int column = i % columns;
        scales[column] = Math.max(scales[column], Math.abs(values[i]));
      }
      for (int i = 0; i < columns; i++) {
        scales[i] = scales[i] == 0 ? 1 : scales[i] / MAX_CODE;
      }
      return scales;
    }
  }

  private int columns(List<String> layers) {
    return layers.stream()
        .mapToInt(layer -> (int) weights.array(layer + ".weight").getShape().get(0))
        .sum();
  }

  private Matrix matrix(List<String> layers) {
    int columns = columns(layers);
    int rows = (int) weights.array(layers.getFirst() + ".weight").getShape().get(1);
    float[] values = new float[Math.multiplyExact(rows, columns)];
    int offset = 0;
    for (String layer : layers) {
      float[] weight = weights.array(layer + ".weight").toFloatArray();
      int outputs = weight.length / rows;
      for (int out = 0; out < outputs; out++) {
        for (int in = 0; in < rows; in++) {
          values[in * columns + offset + out] = weight[out * rows + in];
        }
      }
      offset += outputs;
    }
    return new Matrix(values, rows, columns);
  }

  private void floats(String name, float[] values, long... shape) {
    MemorySegment memory = arena.allocate(Math.max(4, 4L * values.length), 64);
    MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_FLOAT, 0, values.length);
    put(name, ElementType.FLOAT, memory, shape);
  }

  private void put(String name, ElementType type, MemorySegment memory, long... shape) {
    graph.external(name, type, shape);
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      java.nio.ByteBuffer bytes = memory.asByteBuffer().order(java.nio.ByteOrder.nativeOrder());
      FloatBuffer floats = bytes.asFloatBuffer();
      tensors.put(
          name,
          type == ElementType.FLOAT
              ? OnnxTensor.createTensor(environment, floats, shape)
              : OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.INT8));
    } catch (OrtException e) {
      throw new OnnxException("Tensor '%s' cannot be handed to ONNX Runtime".formatted(name), e);
    }
  }

  @Override
  public void close() {
    for (OnnxTensorLike tensor : tensors.values()) {
      tensor.close();
    }
    arena.close();
  }
}
