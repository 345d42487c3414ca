package dev.embedlab.compress;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Vectors as a {@link Codec} wrote them.
 *
 * @param data {@code [size][bytesPerVector]}, rows without gaps
 */
public record Codes(MemorySegment data, int size, int bytesPerVector) {

  public Codes {
    if (data.byteSize() != (long) size * bytesPerVector) {
      throw new IllegalArgumentException(
          "%d codes of %d bytes take %d bytes, but there are %d."
              .formatted(size, bytesPerVector, (long) size * bytesPerVector, data.byteSize()));
    }
  }

  /** Zeros outside of the heap. */
  static Codes allocate(int size, int bytesPerVector) {
    long bytes = (long) size * bytesPerVector;
    return new Codes(Arena.ofAuto().allocate(bytes, 64), size, bytesPerVector);
  }

  /** The code of one vector, {@code [bytesPerVector]}. */
  public byte[] row(int row) {
    return data.asSlice((long) row * bytesPerVector, bytesPerVector).toArray(ValueLayout.JAVA_BYTE);
  }
}
