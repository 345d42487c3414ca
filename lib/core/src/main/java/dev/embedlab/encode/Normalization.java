package dev.embedlab.encode;

/** Whether vectors are scaled to unit length. */
public enum Normalization {
  /** As the checkpoint's own modules say. */
  AS_MODEL,
  /** Always scaled to unit length, after any truncation of dimensions. */
  ALWAYS
}
