package dev.embedlab.onnx;

/** How linear layers compute. */
public enum OnnxPrecision {
  /** 32-bit floats throughout; vectors equal those of the reference to rounding. */
  FP32,
  /**
   * Weights in 8 bits with one scale for each output, activations in 8 bits with one scale for each
   * batch. Vectors therefore depend a little on their batch.
   */
  INT8
}
