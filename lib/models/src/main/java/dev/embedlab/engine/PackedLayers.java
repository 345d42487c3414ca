package dev.embedlab.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import dev.embedlab.torchscript.TorchScriptModule;
import java.util.ArrayList;
import java.util.List;

/**
 * Linear layers in the narrow format that a kernel multiplies, converted once. Layers that read the
 * same input lie in one matrix.
 */
final class PackedLayers {

  private static final String INT8_TYPE =
      "__torch__.torch.classes.quantized.LinearPackedParamsBase";

  /** Symmetric, one scale for each output channel. */
  private static final String INT8 =
      """
      def pack(self: __torch__.M, w: List[Tensor]) -> List[%1$s]:
        r = annotate(List[%1$s], [])
        for i in range(torch.floordiv(torch.len(w), 2)):
          x = w[torch.mul(i, 2)]
          s = torch.div(torch.clamp_min(torch.amax(torch.abs(x), [1]), 9.9999999999999995e-21), 127.)
          z = torch.zeros_like(s, dtype=4)
          q = torch.quantize_per_channel(x, s, z, 0, 12)
          _0 = torch.append(r, ops.quantized.linear_prepack(q, w[torch.add(torch.mul(i, 2), 1)]))
        return r
      """
          .formatted(INT8_TYPE);

  /** In the blocked order of oneDNN; {@code p[2 i]} are weights, {@code p[2 i + 1]} the bias. */
  private static final String BF16 =
      """
      def pack(self: __torch__.M, w: List[Tensor]) -> List[Tensor]:
        r = annotate(List[Tensor], [])
        for i in range(torch.floordiv(torch.len(w), 2)):
          x = torch.to(w[torch.mul(i, 2)], 15)
          _0 = torch.append(r, ops.mkldnn._reorder_linear_weight(x, None))
          _1 = torch.append(r, torch.to(w[torch.add(torch.mul(i, 2), 1)], 15))
        return r
      """;

  private PackedLayers() {}

  /** The method {@code pack}, empty for kernels that read the weights as they are. */
  static String method(ScriptKernels kernels) {
    return switch (kernels) {
      case INT8 -> INT8;
      case BF16 -> BF16;
      case PLAIN, FUSED -> "";
    };
  }

  /** Type of the elements that {@code pack} returns, empty if there is none. */
  static String type(ScriptKernels kernels) {
    return switch (kernels) {
      case INT8 -> INT8_TYPE;
      case BF16 -> "Tensor";
      case PLAIN, FUSED -> "";
    };
  }

  /**
   * @param module has the method {@code pack}
   * @param layers prefixes of the layers side by side in each matrix
   */
  static IValue pack(TorchScriptModule module, Weights weights, List<List<String>> layers) {
    try (NDManager manager = weights.manager().newSubManager();
        GradMode _ = GradMode.off()) {
      List<NDArray> tensors = new ArrayList<>();
      for (List<String> group : layers) {
        NDList matrices = new NDList();
        NDList biases = new NDList();
        for (String layer : group) {
          NDArray weight = weights.array(layer + ".weight");
          matrices.add(weight);
          biases.add(
              weights.has(layer + ".bias")
                  ? weights.array(layer + ".bias")
                  : manager.zeros(new Shape(weight.getShape().get(0))));
        }
        tensors.add(joined(manager, matrices));
        tensors.add(joined(manager, biases));
      }
      try (IValue list = IValue.listFrom(tensors.toArray(PtNDArray[]::new))) {
        return IValueUtils.runMethod(module.block(), "pack", list);
      }
    }
  }

  private static NDArray joined(NDManager manager, NDList parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    NDArray all = NDArrays.concat(parts, 0);
    all.attach(manager);
    return all;
  }
}
