package dev.embedlab.safetensors;

import java.util.Arrays;
import java.util.List;

/**
 * What the header says about one tensor.
 *
 * @param name as in the checkpoint, for example {@code encoder.layer.0.output.dense.weight}
 * @param dtype element type
 * @param shape lengths of the axes; empty for a scalar
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last, counted from the end of the header
 */
public record TensorInfo(String name, DType dtype, List<Long> shape, long begin, long end) {

  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /** Number of elements. */
  public long size() {
    return (end - begin) / dtype.bytes();
  }

  /** The axes as an array, for tensor libraries. */
  public long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(name, dtype, Arrays.toString(dimensions()));
  }
}
