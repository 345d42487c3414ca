package dev.embedlab.engine;

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

  ScriptKernels(String label) {
    this.label = label;
  }

  /** As options and reports show it. */
  public String label() {
    return label;
  }
}
