package dev.embedlab.vector;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Multiplies matrices of bytes. Processors have instructions for it (VNNI, AMX, dot products of
 * Arm) that the Vector API does not offer; whoever reaches them provides this as a service, and
 * {@link CodeIndex} then compares many queries at once with them. Implementations are safe for use
 * by several threads.
 */
public interface ByteProducts {

  /** Taken from every query code: queries are unsigned, but stand for -64 to 63. */
  int ZERO = 64;

  /** The largest query code: products of two neighbours then fit in 16 bits on every processor. */
  int LARGEST = 127;

  /**
   * {@code sums[block][query][vector] = sum over i of (queries[query][i] - ZERO) *
   * codes[block][i][vector]}, without any rounding or saturation.
   *
   * @param queries direct, unsigned 0 to {@link #LARGEST}, {@code [count][dim]}
   * @param codes direct, signed, {@code [blocks][dim][width]}
   * @param sums direct, in native order, receives {@code [blocks][count][width]}
   */
  void multiply(
      ByteBuffer queries,
      int count,
      ByteBuffer codes,
      int blocks,
      int dim,
      int width,
      IntBuffer sums);

  /** The first provider that works here; empty without one. */
  static Optional<ByteProducts> find() {
    return Found.PRODUCTS;
  }

  /** Looked for once. */
  final class Found {
    private static final Optional<ByteProducts> PRODUCTS = load();

    private Found() {}

    private static Optional<ByteProducts> load() {
      try {
        return ServiceLoader.load(ByteProducts.class, ByteProducts.class.getClassLoader())
            .findFirst();
      } catch (ServiceConfigurationError | LinkageError e) {
        return Optional.empty(); // for example without its native library
      }
    }
  }
}
