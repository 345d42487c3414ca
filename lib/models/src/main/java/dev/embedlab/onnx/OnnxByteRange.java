package dev.embedlab.onnx;

import dev.embedlab.vector.ByteProducts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/** Tries how large the codes of bytes may be that this processor multiplies. */
final class OnnxByteRange {

  private static final int WIDTH = 64;
  private static final int LARGEST_UNSIGNED = 255;

  private OnnxByteRange() {}

  /**
   * Whether sums of two products of 8 bits overflow, as where the processor has only 16 bits for
   * them. They fit if one side keeps to 7 bits. Tried once.
   *
   * @throws OnnxException if ONNX Runtime cannot multiply bytes
   */
  static boolean saturates() {
    return Tried.SATURATES;
  }

  private static final class Tried {
    private static final boolean SATURATES =
        sumOfLargest() != WIDTH * (LARGEST_UNSIGNED - ByteProducts.ZERO) * Byte.MAX_VALUE;
  }

  private static int sumOfLargest() {
    ByteBuffer inputs = filled(WIDTH, (byte) LARGEST_UNSIGNED);
    ByteBuffer codes = filled(WIDTH * WIDTH, Byte.MAX_VALUE);
    IntBuffer sums =
        ByteBuffer.allocateDirect(4 * WIDTH).order(ByteOrder.nativeOrder()).asIntBuffer();
    new OnnxByteProducts().multiply(inputs, 1, codes, 1, WIDTH, WIDTH, sums);
    return sums.get(0);
  }

  private static ByteBuffer filled(int size, byte value) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(size);
    for (int i = 0; i < size; i++) {
      bytes.put(i, value);
    }
    return bytes;
  }
}
