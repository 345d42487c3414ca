package dev.embedlab.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

/** Which implementation of linear layers a script uses. */
public enum ScriptKernels {
  /** libtorch's own, on every processor. */
  PLAIN("torchscript-plain"),
  /** oneDNN's, with the activation in the same pass; needs a libtorch built with it. */
  FUSED("torchscript"),
  /**
   * Linear layers and attention in bfloat16, everything between them in 32 bits; fast where the
   * processor multiplies bfloat16.
   */
  BF16("torchscript-bf16"),
  /** Weights in 8 bits by output channel, inputs quantized batch by batch. */
  INT8("torchscript-int8");

  private final String label;
  private PackedLayers.Trial trial;

  ScriptKernels(String label) {
    this.label = label;
  }

  /** Whether libtorch has them for this processor. */
  boolean areAvailable() {
    return trial() != PackedLayers.Trial.FAILS;
  }

  /** Whether products of 8 bits overflow on this processor unless one side keeps to 7 bits. */
  boolean saturate() {
    return this == INT8 && trial() == PackedLayers.Trial.SATURATES;
  }

  private synchronized PackedLayers.Trial trial() {
    if (trial == null) {
      try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
        trial = PackedLayers.trial(manager, this);
      }
    }
    return trial;
  }

  /** As options and reports show it. */
  public String label() {
    return label;
  }
}
