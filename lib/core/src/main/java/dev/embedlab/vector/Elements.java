package dev.embedlab.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads and writes the numbers of each {@link ElementType}. */
final class Elements {

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Elements() {}

  static void read(ElementType type, MemorySegment data, long at, float[] out, int count) {
    switch (type) {
      case FLOAT32 -> MemorySegment.copy(data, FLOAT, at, out, 0, count);
      case FLOAT16 -> {
        short[] halves = shorts(data, at, count);
        for (int i = 0; i < count; i++) {
          out[i] = Float.float16ToFloat(halves[i]);
        }
      }
      case BFLOAT16 -> {
        short[] halves = shorts(data, at, count);
        for (int i = 0; i < count; i++) {
          out[i] = Float.intBitsToFloat(halves[i] << 16);
        }
      }
      case INT8 -> {
        byte[] bytes = new byte[count];
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, bytes, 0, count);
        for (int i = 0; i < count; i++) {
          out[i] = bytes[i];
        }
      }
      case BIT -> {
        for (int i = 0; i < count; i++) {
          int bits = data.get(ValueLayout.JAVA_BYTE, at + (i >> 3));
          out[i] = (bits >> (7 - (i & 7)) & 1) == 1 ? 1 : -1;
        }
      }
    }
  }

  static void write(float[] vector, ElementType type, MemorySegment data, long at) {
    switch (type) {
      case FLOAT32 -> MemorySegment.copy(vector, 0, data, FLOAT, at, vector.length);
      case FLOAT16 -> {
        for (int i = 0; i < vector.length; i++) {
          data.set(SHORT, at + 2L * i, float16(vector[i], i));
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < vector.length; i++) {
          data.set(SHORT, at + 2L * i, bfloat16(vector[i]));
        }
      }
      case INT8 ->
          throw new IllegalArgumentException(
              "Floats become int8 through a calibrated quantizer: use Int8Quantizer.");
      case BIT -> {
        for (int i = 0; i < vector.length; i += 8) {
          data.set(ValueLayout.JAVA_BYTE, at + (i >> 3), bits(vector, i));
        }
      }
    }
  }

  private static short float16(float value, int at) {
    short half = Float.floatToFloat16(value);
    if (Float.isInfinite(Float.float16ToFloat(half))) {
      throw new IllegalArgumentException(
          "%s at dimension %d is too large for float16 (65,504 at most): use bfloat16."
              .formatted(value, at));
    }
    return half;
  }

  /** Rounds to nearest, ties to even, as PyTorch does. */
  private static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >> 16);
  }

  private static byte bits(float[] vector, int from) {
    int bits = 0;
    for (int i = from; i < Math.min(from + 8, vector.length); i++) {
      bits |= (vector[i] > 0 ? 1 : 0) << (7 - (i - from));
    }
    return (byte) bits;
  }

  private static short[] shorts(MemorySegment data, long at, int count) {
    short[] halves = new short[count];
    MemorySegment.copy(data, SHORT, at, halves, 0, count);
    return halves;
  }
}
