package dev.embedlab.compress;

/** Turns vectors into vectors of fewer dimensions. Immutable. */
public interface Reduction {

  /** As tables show it, for example {@code PCA 384 to 128}. */
  String name();

  int inputDimension();

  int outputDimension();

  /**
   * @param vectors {@code [n][inputDimension]}
   * @return {@code [n][outputDimension]}
   * @throws IllegalArgumentException if a vector has another dimension or holds NaN or Inf
   */
  float[][] apply(float[][] vectors);
}
