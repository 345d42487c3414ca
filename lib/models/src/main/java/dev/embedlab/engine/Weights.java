package dev.embedlab.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.embedlab.safetensors.TensorStore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of a model as DJL parameters, one for each tensor of the checkpoint, in its order.
 * They live outside the heap until closed.
 */
public final class Weights implements AutoCloseable {

  private static final long ALIGNMENT = 64;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final Arena arena = Arena.ofShared();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, MemorySegment> memory = new HashMap<>();
  private volatile boolean trained;

  public Weights() {
    NativeHeap.keepFreedMemory();
  }

  /** Copies a tensor of a checkpoint, widened to 32-bit floats. */
  public void load(String name, TensorStore store, String stored) {
    long[] shape = store.tensors().get(stored).dimensions();
    MemorySegment memory = allocate(shape);
    store.readFloats(stored, memory);
    put(name, memory, shape);
  }

  /** Adds a tensor from the heap. */
  public void add(String name, float[] values, long... shape) {
    MemorySegment memory = allocate(shape);
    memory.copyFrom(MemorySegment.ofArray(values));
    put(name, memory, shape);
  }

  private MemorySegment allocate(long[] shape) {
    long bytes = 4 * Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "A tensor of shape %s takes more than 2 GiB, which is not supported."
              .formatted(Arrays.toString(shape)));
    }
    return arena.allocate(bytes, ALIGNMENT);
  }

  private void put(String name, MemorySegment values, long[] shape) {
    NDArray array = manager.create(values.asByteBuffer(), new Shape(shape), DataType.FLOAT32);
    Parameter parameter = Parameter.builder().setName(name).setType(Parameter.Type.OTHER).build();
    parameter.setArray(array);
    parameters.put(name, parameter);
    memory.put(name, values);
  }

  /** Name to parameter; set {@code requiresGradient} on their arrays to train them. */
  public Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  public boolean has(String name) {
    return parameters.containsKey(name);
  }

  /**
   * @throws IllegalArgumentException if there is no such tensor
   */
  public NDArray array(String name) {
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("The model has no tensor '%s'.".formatted(name));
    }
    return parameter.getArray();
  }

  /**
   * The numbers of a tensor themselves, 32-bit floats in row order, to be read by engines that need
   * no array; training changes them.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  public MemorySegment memory(String name) {
    array(name);
    return memory.get(name).asReadOnly();
  }

  /** Name to array, in order. */
  public Map<String, NDArray> arrays() {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
    return arrays;
  }

  /** Copies of the weights may be out of date from now on. */
  void markTrained() {
    trained = true;
  }

  /** Whether a gradient was asked for, so that the weights may differ from those loaded. */
  public boolean isTrained() {
    return trained;
  }

  /** Number of elements of all tensors. */
  public long count() {
    return parameters.values().stream().mapToLong(p -> p.getArray().size()).sum();
  }

  /** The manager that the parameters belong to; sub-managers of it hold what a batch needs. */
  public NDManager manager() {
    return manager;
  }

  @Override
  public void close() {
    manager.close();
    arena.close();
  }
}
