package dev.embedlab.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * Arrays whose memory is freed when their manager is closed. DJL's own {@code create} puts values
 * into a direct buffer that waits for the garbage collector, which a training loop that makes
 * little garbage seldom calls.
 */
public final class OwnedArrays {

  private OwnedArrays() {}

  /**
   * @param manager to be closed by the calling thread, after the backward pass
   * @return a vector, int64
   */
  public static NDArray create(NDManager manager, long[] values) {
    Arena arena = Arena.ofConfined();
    manager.attachInternal(UUID.randomUUID().toString(), arena::close);
    MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_LONG, values);
    return manager.create(
        memory.asByteBuffer().order(ByteOrder.nativeOrder()),
        new Shape(values.length),
        DataType.INT64);
  }
}
