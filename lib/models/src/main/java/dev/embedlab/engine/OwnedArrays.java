package dev.embedlab.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.UUID;

/**
 * Arrays whose memory is freed when their manager is closed. DJL's own {@code create} puts values
 * into a direct buffer that waits for the garbage collector, which a training loop that makes
 * little garbage seldom calls.
 */
public final class OwnedArrays {

  private static final long ALIGNMENT = 64;

  private OwnedArrays() {}

  /**
   * @param manager to be closed by the calling thread, after the backward pass
   * @return a vector, int64
   */
  public static NDArray create(NDManager manager, long[] values) {
    MemorySegment memory = arena(manager).allocateFrom(ValueLayout.JAVA_LONG, values);
    return manager.create(
        memory.asByteBuffer().order(ByteOrder.nativeOrder()),
        new Shape(values.length),
        DataType.INT64);
  }

  /**
   * An array of zeros and its memory, for other engines to fill.
   *
   * @param manager to be closed by the calling thread
   */
  public static Floats zeros(NDManager manager, Shape shape) {
    MemorySegment memory = arena(manager).allocate(Math.max(4, 4 * shape.size()), ALIGNMENT);
    ByteBuffer bytes = memory.asByteBuffer().order(ByteOrder.nativeOrder());
    // Only bytes are taken as they are; DJL copies buffers of any other type.
    return new Floats(manager.create(bytes, shape, DataType.FLOAT32), bytes.asFloatBuffer());
  }

  private static Arena arena(NDManager manager) {
    Arena arena = Arena.ofConfined();
    manager.attachInternal(UUID.randomUUID().toString(), arena::close);
    return arena;
  }

  /**
   * 32-bit floats.
   *
   * @param values in row order, outside the heap
   */
  public record Floats(NDArray array, FloatBuffer values) {}
}
