package dev.embedlab.vector;

/** How one number of a vector is kept. All types are little-endian. */
public enum ElementType {
  /** IEEE 754 single precision. */
  FLOAT32(32),
  /** IEEE 754 half precision: 11 significant bits, largest value 65,504. */
  FLOAT16(16),
  /** The upper half of a float: 8 significant bits, the range of a float. */
  BFLOAT16(16),
  /** A whole number from -128 to 127. */
  INT8(8),
  /** One bit, read as +1 or -1; the first dimension is the highest bit of the first byte. */
  BIT(1);

  private final int bits;

  ElementType(int bits) {
    this.bits = bits;
  }

  /** Bytes that a vector of {@code dim} dimensions takes; bits are filled up to whole bytes. */
  public int bytesPerVector(int dim) {
    return Math.ceilDiv(Math.multiplyExact(dim, bits), 8);
  }
}
