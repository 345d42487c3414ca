package dev.embedlab.checkpoint;

import dev.embedlab.nn.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** The tensors that modules after the encoder keep in their own folders. */
final class ModuleWeights {

  private ModuleWeights() {}

  static List<TensorSpec> of(ModuleSpec module) {
    return switch (module) {
      case ModuleSpec.Dense dense -> dense(dense);
      case ModuleSpec.LayerNorm norm ->
          List.of(spec("norm.weight", norm.dimension()), spec("norm.bias", norm.dimension()));
      default -> List.of();
    };
  }

  private static List<TensorSpec> dense(ModuleSpec.Dense dense) {
    List<TensorSpec> specs = new ArrayList<>();
    specs.add(spec("linear.weight", dense.outFeatures(), dense.inFeatures()));
    if (dense.bias()) {
      specs.add(spec("linear.bias", dense.outFeatures()));
    }
    if (dense.residual() && dense.inFeatures() != dense.outFeatures()) {
      specs.add(spec("residual.weight", dense.outFeatures(), dense.inFeatures()));
    }
    return specs;
  }

  private static TensorSpec spec(String name, long... shape) {
    return new TensorSpec(name, java.util.Arrays.stream(shape).boxed().toList(), false);
  }
}
