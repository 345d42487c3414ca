package dev.embedlab.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.embedlab.engine.InputMeans;
import dev.embedlab.engine.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The constants of a graph, in the layout that its operations want: as they are in the model, or
 * linear layers transposed to {@code [in][out]}, several side by side where one operation computes
 * them, or in 8 bits. They live outside the heap, beside the graph, so a graph has no size limit,
 * and ONNX Runtime reads them where they lie as long as it runs.
 */
final class GraphWeights implements AutoCloseable {

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

  private final Weights weights;
  private final OnnxGraph graph;
  private final InputMeans means;
  private final int largestCode;
  private final Arena arena = Arena.ofShared();
  private final Map<String, OnnxTensorLike> tensors = new LinkedHashMap<>();

  /**
   * @param means what quantized layers read
   * @param largestCode of quantized weights
   */
  GraphWeights(Weights weights, OnnxGraph graph, InputMeans means, int largestCode) {
    this.weights = weights;
    this.graph = graph;
    this.means = means;
    this.largestCode = largestCode;
  }

  boolean has(String name) {
    return weights.has(name);
  }

  /** All tensors by name, for the session. */
  Map<String, OnnxTensorLike> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /** A tensor as it is in the checkpoint, and where it is: the model's own memory is read. */
  String plain(String name) {
    if (!tensors.containsKey(name)) {
      long[] shape = weights.array(name).getShape().getShape();
      put(name, ElementType.FLOAT, weights.memory(name), shape);
    }
    return name;
  }

  /** A vector of zeros, for layers without a bias where an operation demands one. */
  String zeros(String name, long size) {
    if (!tensors.containsKey(name)) {
      put(name, ElementType.FLOAT, allocate(4 * size), size);
    }
    return name;
  }

  /** The weights of linear layers side by side, {@code [in][sum of out]}. */
  String transposed(List<String> layers) {
    String name = layers.getFirst() + ".transposed";
    if (!tensors.containsKey(name)) {
      int rows = (int) inputs(layers);
      int columns = (int) outputs(layers);
      // In arrays: loops over segments are slow until they are compiled, and this runs once.
      float[] values = new float[Math.multiplyExact(rows, columns)];
      int column = 0;
      for (String layer : layers) {
        float[] source = weights.memory(layer + ".weight").toArray(FLOAT);
        for (int from = 0; from < source.length; from += rows, column++) {
          for (int in = 0; in < rows; in++) {
            values[in * columns + column] = source[from + in];
          }
        }
      }
      MemorySegment target = allocate(4L * values.length);
      target.copyFrom(MemorySegment.ofArray(values));
      put(name, ElementType.FLOAT, target, rows, columns);
    }
    return name;
  }

  /** The biases of linear layers one after the other; zero where a layer has none. */
  String biases(List<String> layers) {
    if (layers.size() == 1 && has(layers.getFirst() + ".bias")) {
      return plain(layers.getFirst() + ".bias");
    }
    String name = layers.getFirst() + ".biases";
    if (!tensors.containsKey(name)) {
      MemorySegment target = allocate(4 * outputs(layers));
      long at = 0;
      for (String layer : layers) {
        if (has(layer + ".bias")) {
          MemorySegment bias = weights.memory(layer + ".bias");
          MemorySegment.copy(bias, 0, target, 4 * at, bias.byteSize());
        }
        at += outputs(List.of(layer));
      }
      put(name, ElementType.FLOAT, target, at);
    }
    return name;
  }

  /**
   * Weights in 8 bits.
   *
   * @param codes {@code int8 [in][out]}
   * @param scales {@code [out]}, code times scale gives the weight
   * @param biases {@code [out]}, with what rounding the weights took from the mean output
   */
  record Quantized(String codes, String scales, String biases) {}

  Quantized quantized(List<String> layers) {
    String codes = layers.getFirst() + ".int8";
    String scales = layers.getFirst() + ".scales";
    String biases = layers.getFirst() + ".corrected";
    if (!tensors.containsKey(codes)) {
      long rows = inputs(layers);
      long columns = outputs(layers);
      MemorySegment matrix = allocate(Math.multiplyExact(rows, columns));
      MemorySegment scale = allocate(4 * columns);
      MemorySegment bias = allocate(4 * columns);
      long column = 0;
      for (String layer : layers) {
        MemorySegment source = weights.memory(layer + ".weight");
        float[] mean = means.of(layer, (int) rows);
        for (long out = 0; out < source.byteSize() / 4 / rows; out++) {
          MemorySegment weight = source.asSlice(4 * out * rows, 4 * rows);
          float step = step(weight);
          scale.setAtIndex(FLOAT, column, step);
          double lost = 0;
          for (int in = 0; in < rows; in++) {
            float value = weight.getAtIndex(FLOAT, in);
            int code = Math.clamp(Math.round(value / step), -largestCode, largestCode);
            matrix.set(ValueLayout.JAVA_BYTE, in * columns + column, (byte) code);
            lost += (value - code * step) * mean[in];
          }
          bias.setAtIndex(FLOAT, column, (float) (bias(layer, out) + lost));
          column++;
        }
      }
      put(codes, ElementType.INT8, matrix, rows, columns);
      put(scales, ElementType.FLOAT, scale, columns);
      put(biases, ElementType.FLOAT, bias, columns);
    }
    return new Quantized(codes, scales, biases);
  }

  private float bias(String layer, long out) {
    return has(layer + ".bias") ? weights.memory(layer + ".bias").getAtIndex(FLOAT, out) : 0;
  }

  /** The largest magnitude becomes the largest code. */
  private float step(MemorySegment weight) {
    float largest = 0;
    for (long i = 0; i < weight.byteSize() / 4; i++) {
      largest = Math.max(largest, Math.abs(weight.getAtIndex(FLOAT, i)));
    }
    return largest == 0 ? 1 : largest / largestCode;
  }

  private long outputs(List<String> layers) {
    return layers.stream()
        .mapToLong(layer -> weights.array(layer + ".weight").getShape().get(0))
        .sum();
  }

  private long inputs(List<String> layers) {
    return weights.array(layers.getFirst() + ".weight").getShape().get(1);
  }

  private MemorySegment allocate(long bytes) {
    return arena.allocate(Math.max(4, bytes), 64);
  }

  private void put(String name, ElementType type, MemorySegment memory, long... shape) {
    graph.external(name, type, shape);
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      ByteBuffer bytes = memory.asByteBuffer().order(ByteOrder.nativeOrder());
      tensors.put(
          name,
          type == ElementType.FLOAT
              ? OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), shape)
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
