package dev.embedlab.index;

/**
 * How an inverted file is built.
 *
 * @param lists cells the space is cut into; about 4 times the square root of the number of vectors
 * @param probes cells that a query visits, 1 to lists; more find more and take longer
 * @param pqBytes 0 keeps floats, else vectors become product-quantized residuals of so many bytes
 * @param seed of the training
 */
public record IvfOptions(int lists, int probes, int pqBytes, long seed) {

  public IvfOptions {
    if (lists < 1 || probes < 1 || probes > lists || pqBytes < 0) {
      throw new IllegalArgumentException(
          "An inverted file of %d lists, %d probes and %d bytes cannot be: 1 <= probes <= lists, 0 <= bytes."
              .formatted(lists, probes, pqBytes));
    }
  }

  /** Floats in {@code lists} cells. */
  public static IvfOptions flat(int lists, int probes) {
    return new IvfOptions(lists, probes, 0, 42);
  }

  /** Product-quantized residuals in {@code lists} cells. */
  public static IvfOptions pq(int lists, int probes, int bytes) {
    return new IvfOptions(lists, probes, bytes, 42);
  }
}
