package dev.embedlab.engine;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
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

  /**
   * Symmetric, one scale for each output channel; the bias takes back what rounding does to the
   * mean output.
   */
  private static final String INT8 =
      """
      def pack(self: __torch__.M, w: List[Tensor], m: List[Tensor]) -> List[%1$s]:
        r = annotate(List[%1$s], [])
        for i in range(torch.len(m)):
          x = w[torch.mul(i, 2)]
          s = torch.div(torch.clamp_min(torch.amax(torch.abs(x), [1]), 9.9999999999999995e-21), 127.)
          z = torch.zeros_like(s, dtype=4)
          q = torch.quantize_per_channel(x, s, z, 0, 12)
          e = torch.mv(torch.sub(x, torch.dequantize(q)), m[i])
          b = torch.add(w[torch.add(torch.mul(i, 2), 1)], e)
          _0 = torch.append(r, ops.quantized.linear_prepack(q, b))
        return r
      def product(self: __torch__.M, x: Tensor, p: List[%1$s]) -> Tensor:
        return ops.quantized.linear_dynamic(x, p[0], False)
      """
          .formatted(INT8_TYPE);

  /** In the blocked order of oneDNN; {@code p[2 i]} are weights, {@code p[2 i + 1]} the bias. */
  private static final String BF16 =
      """
      def pack(self: __torch__.M, w: List[Tensor], m: List[Tensor]) -> List[Tensor]:
        r = annotate(List[Tensor], [])
        for i in range(torch.floordiv(torch.len(w), 2)):
          x = torch.to(w[torch.mul(i, 2)], 15)
          _0 = torch.append(r, ops.mkldnn._reorder_linear_weight(x, None))
          _1 = torch.append(r, torch.to(w[torch.add(torch.mul(i, 2), 1)], 15))
        return r
      """;

  private static final int TRIAL_WIDTH = 64;

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
   * @param means what quantized layers read
   */
  static IValue pack(
      TorchScriptModule module, Weights weights, List<List<String>> layers, InputMeans means) {
    try (NDManager manager = weights.manager().newSubManager();
        GradMode _ = GradMode.off()) {
      List<NDArray> tensors = new ArrayList<>();
      List<NDArray> inputs = new ArrayList<>();
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
        int width = (int) matrices.getFirst().getShape().get(1);
        inputs.add(manager.create(means.of(group.getFirst(), width)));
      }
      return pack(module, tensors, inputs);
    }
  }

  private static IValue pack(
      TorchScriptModule module, List<NDArray> tensors, List<NDArray> inputs) {
    try (IValue list = IValue.listFrom(tensors.toArray(PtNDArray[]::new));
        IValue means = IValue.listFrom(inputs.toArray(PtNDArray[]::new))) {
      return IValueUtils.runMethod(module.block(), "pack", list, means);
    }
  }

  /** What a processor does to a kernel. */
  enum Trial {
    EXACT,
    /** Sums of two products do not fit in the 16 bits that the processor has for them. */
    SATURATES,
    /** libtorch says that an instruction, or the operation itself, is missing. */
    FAILS
  }

  /** Packs a small layer of ones, and multiplies the largest numbers of 8 bits. */
  static Trial trial(NDManager parent, ScriptKernels kernels) {
    if (type(kernels).isEmpty()) {
      return Trial.EXACT;
    }
    try (NDManager manager = parent.newSubManager();
        GradMode _ = GradMode.off();
        TorchScriptModule module = TorchScriptModule.compile(manager, method(kernels))) {
      NDArray ones = manager.ones(new Shape(TRIAL_WIDTH, TRIAL_WIDTH));
      NDArray zeros = manager.zeros(new Shape(TRIAL_WIDTH));
      try (IValue packed = pack(module, List.of(ones, zeros), List.of(zeros))) {
        return kernels == ScriptKernels.INT8
                && largestSum(manager, module, ones, packed) < TRIAL_WIDTH / 1.01
            ? Trial.SATURATES
            : Trial.EXACT;
      }
    } catch (EngineException | IllegalArgumentException e) {
      return Trial.FAILS;
    }
  }

  private static float largestSum(
      NDManager manager, TorchScriptModule module, NDArray ones, IValue packed) {
    try (IValue x = IValue.from((PtNDArray) ones);
        IValue product = IValueUtils.runMethod(module.block(), "product", x, packed)) {
      return product.toNDList((PtNDManager) manager).singletonOrThrow().max().getFloat();
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
