package dev.embedlab.input;

/** A tensor that is computed from a batch, on the heap and without an engine. */
public sealed interface InputTensor {

  /** Lengths of the axes. */
  long[] shape();

  /** 64-bit integers, row by row. */
  record Longs(long[] values, long... shape) implements InputTensor {}

  /** 32-bit floats, row by row. */
  record Floats(float[] values, long... shape) implements InputTensor {}
}
