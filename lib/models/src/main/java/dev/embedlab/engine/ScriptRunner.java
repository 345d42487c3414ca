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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a network as TorchScript with fused kernels. The weights stay the ones that are trained. */
public final class ScriptRunner implements NetworkRunner {

  private static final String PACKED = "__torch__.torch.classes.quantized.LinearPackedParamsBase";

  /** Symmetric, one scale for each output channel. */
  private static final String PACK =
      """
      def pack(self: __torch__.M, w: List[Tensor], bias: List[int]) -> List[%1$s]:
        r = annotate(List[%1$s], [])
        j = 0
        for i in range(torch.len(bias)):
          x = w[j]
          s = torch.div(torch.clamp_min(torch.amax(torch.abs(x), [1]), 9.9999999999999995e-21), 127.)
          z = torch.zeros_like(s, dtype=4)
          q = torch.quantize_per_channel(x, s, z, 0, 12)
          if torch.eq(bias[i], 1):
            _0 = torch.append(r, ops.quantized.linear_prepack(q, w[torch.add(j, 1)]))
          else:
            _1 = torch.append(r, ops.quantized.linear_prepack(q, None))
          j = torch.add(j, torch.add(bias[i], 1))
        return r
      """
          .formatted(PACKED);

  private final Network network;
  private final Weights weights;
  private final ScriptKernels kernels;
  private final List<Input> inputs;
  private final TorchScriptModule module;
  private final IValue packed;

  /**
   * Writes and compiles the program.
   *
   * @throws IllegalArgumentException if libtorch lacks one of the kernels
   */
  public ScriptRunner(Network network, Weights weights, ScriptKernels kernels) {
    this.network = network;
    this.weights = weights;
    this.kernels = kernels;
    this.inputs = List.copyOf(network.inputs());
    Program dense = method("dense", false);
    Program padded = method("padded", true);
    String pack = kernels == ScriptKernels.INT8 ? PACK : "";
    this.module = TorchScriptModule.compile(weights.manager(), dense.text() + padded.text() + pack);
    this.packed = kernels == ScriptKernels.INT8 ? pack(dense.packedLayers()) : null;
  }

  private record Program(String text, List<String> packedLayers) {}

  private Program method(String name, boolean masked) {
    ScriptOps ops = new ScriptOps(weights, inputs, masked, kernels);
    String result = network.forward(ops);
    String packedParameter = kernels == ScriptKernels.INT8 ? ", p: List[" + PACKED + "]" : "";
    String ids = "x[" + inputs.indexOf(Input.IDS) + "]";
    String text =
        "def %s(self: __torch__.M, x: List[Tensor], w: List[Tensor]%s) -> Tensor:\n"
                .formatted(name, packedParameter)
            + "  b = torch.size(%s, 0)\n  t = torch.size(%s, 1)\n".formatted(ids, ids)
            + ops.body()
            + "  return %s\n".formatted(result);
    return new Program(text, ops.packedLayers());
  }

  private IValue pack(List<String> layers) {
    List<NDArray> tensors = new ArrayList<>();
    long[] hasBias = new long[layers.size()];
    for (int i = 0; i < hasBias.length; i++) {
      String bias = layers.get(i) + ".bias";
      tensors.add(weights.array(layers.get(i) + ".weight"));
      if (weights.has(bias)) {
        tensors.add(weights.array(bias));
        hasBias[i] = 1;
      }
    }
    try (GradMode _ = GradMode.off();
        IValue list = list(tensors);
        IValue flags = IValue.listFrom(hasBias)) {
      return IValueUtils.runMethod(module.block(), "pack", list, flags);
    }
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
