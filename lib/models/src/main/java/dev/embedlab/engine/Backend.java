package dev.embedlab.engine;

import java.util.Arrays;
import java.util.Locale;

/** What runs an encoder. */
public enum Backend {
  /**
   * {@link #TORCHSCRIPT} or {@link #ONNX}, whichever gives the vectors of {@link #EAGER} on eight
   * texts and is faster with them; measured for a tenth of a second each when a process first opens
   * a checkpoint. Models above 200 million parameters do not try ONNX Runtime, which holds the
   * weights a second time; nor is it tried for few texts, where it takes longer to start than it
   * can save. A checkpoint with an ONNX graph and no safetensors runs that graph.
   */
  AUTO,
  /** DJL operation by operation; the reference. */
  EAGER,
  /** One TorchScript program with fused kernels, 32-bit floats. */
  TORCHSCRIPT,
  /**
   * The same with linear layers and attention in bfloat16: fastest where the processor multiplies
   * bfloat16 (AMX, AVX512-BF16), cosine to the reference about 0.9999. Not on processors without
   * AVX-512.
   */
  TORCHSCRIPT_BF16,
  /**
   * The same with linear layers in 8 bits, cosine to the reference at least 0.999. About twice as
   * fast where the processor multiplies bytes (VNNI, AMX), a third faster elsewhere.
   */
  TORCHSCRIPT_INT8,
  /**
   * ONNX Runtime on a graph that is built here from the weights, 32-bit floats; on the checkpoint's
   * own graph if it comes without safetensors.
   */
  ONNX,
  /** The same with linear layers in 8 bits, as fast and as exact as {@link #TORCHSCRIPT_INT8}. */
  ONNX_INT8,
  /** ONNX Runtime on a graph that comes with the checkpoint, {@code onnx/model.onnx}. */
  ONNX_FILE;

  /**
   * Whether this machine can run it: kernels for narrow numbers exist for some processors only.
   * What comes with a checkpoint may still lack what the backend needs.
   */
  public boolean isAvailable() {
    return switch (this) {
      case TORCHSCRIPT_BF16 -> ScriptKernels.BF16.areAvailable();
      case TORCHSCRIPT_INT8 -> ScriptKernels.INT8.areAvailable();
      case AUTO, EAGER, TORCHSCRIPT, ONNX, ONNX_INT8, ONNX_FILE -> true;
    };
  }

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
