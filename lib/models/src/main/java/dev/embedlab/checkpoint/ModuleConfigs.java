package dev.embedlab.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code config.json} of modules, in the older form that every version reads. */
final class ModuleConfigs {

  private ModuleConfigs() {}

  static ObjectNode of(ModuleSpec module, Checkpoint checkpoint) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    return switch (module) {
      case ModuleSpec.Pooling pooling -> pooling(node, pooling, checkpoint);
      case ModuleSpec.Dense dense -> dense(node, dense);
      case ModuleSpec.Normalize norm -> features(node, norm.input(), norm.output());
      case ModuleSpec.LayerNorm norm -> node.put("dimension", norm.dimension());
      case ModuleSpec.Dropout dropout -> node.put("dropout", dropout.probability());
      default -> node;
    };
  }

  private static ObjectNode pooling(
      ObjectNode node, ModuleSpec.Pooling pooling, Checkpoint checkpoint) {
    int dimension =
        pooling.dimension() > 0
            ? pooling.dimension()
            : checkpoint.network().backbone().hiddenSize();
    node.put("word_embedding_dimension", dimension);
    for (PoolingMode mode : PoolingMode.values()) {
      node.put(mode.flag(), pooling.modes().contains(mode));
    }
    return node.put("include_prompt", pooling.includePrompt());
  }

  private static ObjectNode dense(ObjectNode node, ModuleSpec.Dense dense) {
    node.put("in_features", dense.inFeatures())
        .put("out_features", dense.outFeatures())
        .put("bias", dense.bias())
        .put("activation_function", dense.activation().torchClass());
    if (dense.residual()) {
      node.put("use_residual", true);
    }
    return features(node, dense.input(), dense.output());
  }

  /** Older versions know only vectors of texts, so the usual names are left out. */
  private static ObjectNode features(ObjectNode node, String input, String output) {
    if (input.equals(ModuleSpec.SENTENCE) && output.equals(ModuleSpec.SENTENCE)) {
      return node;
    }
    return node.put("module_input_name", input).put("module_output_name", output);
  }
}
