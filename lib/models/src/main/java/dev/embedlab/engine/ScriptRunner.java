package dev.embedlab.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.nn.Input;
import dev.embedlab.nn.Network;
import dev.embedlab.torchscript.TorchScriptModule;
import java.util.List;
import java.util.Map;

/** Runs a network as TorchScript with fused kernels. The weights stay the ones that are trained. */
public final class ScriptRunner implements NetworkRunner {

  private final Network network;
  private final Weights weights;
  private final ScriptKernels kernels;
  private final boolean saturating;
  private final List<Input> inputs;
  private final TorchScriptModule module;
  private final IValue packed;

  /**
   * Writes and compiles the program.
   *
   * @param means what quantized layers read, to correct their biases
   * @throws IllegalArgumentException if libtorch lacks one of the kernels
   */
  public ScriptRunner(Network network, Weights weights, ScriptKernels kernels, InputMeans means) {
    this(network, weights, kernels, means, kernels.saturate());
  }

  /**
   * @param saturating whether the processor is taken for one whose products of 8 bits overflow
   */
  ScriptRunner(
      Network network,
      Weights weights,
      ScriptKernels kernels,
      InputMeans means,
      boolean saturating) {
    this.saturating = saturating;
    this.network = network;
    this.weights = weights;
    this.kernels = kernels;
    this.inputs = List.copyOf(network.inputs());
    Program dense = method("dense", false);
    Program padded = method("padded", true);
    this.module =
        TorchScriptModule.compile(
            weights.manager(), dense.text() + padded.text() + PackedLayers.method(kernels));
    try {
      this.packed =
          PackedLayers.type(kernels).isEmpty()
              ? null
              : PackedLayers.pack(module, weights, dense.packedLayers(), means);
    } catch (RuntimeException e) {
      module.close();
      throw e;
    }
  }

  private record Program(String text, List<List<String>> packedLayers) {}

  private Program method(String name, boolean masked) {
    ScriptOps ops = new ScriptOps(weights, inputs, masked, kernels, saturating);
    String result = ops.wide(network.forward(ops));
    String packedType = PackedLayers.type(kernels);
    String packedParameter = packedType.isEmpty() ? "" : ", p: List[" + packedType + "]";
    String ids = "x[" + inputs.indexOf(Input.IDS) + "]";
    String text =
        "def %s(self: __torch__.M, x: List[Tensor], w: List[Tensor]%s) -> Tensor:\n"
                .formatted(name, packedParameter)
            + "  b = torch.size(%s, 0)\n  t = torch.size(%s, 1)\n".formatted(ids, ids)
            + ops.body()
            + "  return %s\n".formatted(result);
    return new Program(text, ops.packedLayers());
  }

  @Override
  public String name() {
    return kernels.label();
  }

  @Override
  public NDArray run(NDManager results, TokenBatch batch) {
    // Per thread: the optimizing executor would specialize for every new batch shape.
    JniUtils.setGraphExecutorOptimize(false);
    PtSymbolBlock block = module.block();
    String method = batch.isPadded() ? "padded" : "dense";
    try (NDManager scratch = results.newSubManager();
        GradMode _ = GradMode.off()) {
      Map<Input, NDArray> arrays = BatchArrays.create(scratch, network, batch);
      try (IValue x = list(inputs.stream().map(arrays::get).toList());
          IValue w = list(List.copyOf(weights.arrays().values()))) {
        try (IValue result =
            packed == null
                ? IValueUtils.runMethod(block, method, x, w)
                : IValueUtils.runMethod(block, method, x, w, packed)) {
          return result.toNDList((PtNDManager) results).singletonOrThrow();
        }
      }
    }
  }

  private static IValue list(List<NDArray> arrays) {
    return IValue.listFrom(arrays.toArray(PtNDArray[]::new));
  }

  @Override
  public void close() {
    if (packed != null) {
      packed.close();
    }
    module.close();
  }
}
