package dev.embedlab.engine;

import java.util.Arrays;
import java.util.Locale;

/** What runs an encoder. */
public enum Backend {
  /** The fastest exact one that agrees with {@link #EAGER} on a few texts. */
  AUTO,
  /** DJL operation by operation; the reference. */
  EAGER,
  /** One TorchScript program with fused kernels, 32-bit floats. */
  TORCHSCRIPT,
  /** The same with linear layers in 8 bits: faster, cosine to the reference at least 0.999. */
  TORCHSCRIPT_INT8,
  /** ONNX Runtime on a graph that is built here from the weights, 32-bit floats. */
  ONNX,
  /** The same with linear layers in 8 bits: faster, cosine to the reference at least 0.999. */
  ONNX_INT8,
  /** ONNX Runtime on a graph that comes with the checkpoint, {@code onnx/model.onnx}. */
  ONNX_FILE;

  /** As command lines take it, for example {@code torchscript-int8}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws IllegalArgumentException if there is none of this name
   */
  public static Backend named(String label) {
    return Arrays.stream(values())
        .filter(backend -> backend.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no backend '%s'; there are %s."
                        .formatted(label, Arrays.stream(values()).map(Backend::label).toList())));
  }
}
