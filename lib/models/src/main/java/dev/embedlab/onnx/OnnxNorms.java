package dev.embedlab.onnx;

import dev.embedlab.onnx.OnnxNodes.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Normalizations over the last axis. */
final class OnnxNorms {

  private final OnnxNodes nodes;
  private final GraphWeights weights;

  OnnxNorms(OnnxNodes nodes, GraphWeights weights) {
    this.nodes = nodes;
    this.weights = weights;
  }

  Value layerNorm(Value x, String prefix, double epsilon) {
    Map<String, ?> attributes = Map.of("axis", -1L, "epsilon", (float) epsilon);
    String gain = weights.plain(prefix + ".weight");
    return weights.has(prefix + ".bias")
        ? nodes.node(
            "LayerNormalization", attributes, nodes.read(x), gain, weights.plain(prefix + ".bias"))
        : nodes.node("LayerNormalization", attributes, nodes.read(x), gain);
  }

  Value addNorm(Value x, Value residual, String prefix, double epsilon) {
    if (!weights.has(prefix + ".bias")) {
      return layerNorm(nodes.add(x, residual), prefix, epsilon);
    }
    List<String> inputs = new ArrayList<>();
    inputs.add(x.name());
    inputs.add(nodes.read(residual));
    inputs.add(weights.plain(prefix + ".weight"));
    inputs.add(weights.plain(prefix + ".bias"));
    if (!x.bias().isEmpty()) {
      inputs.add(x.bias());
    }
    return nodes.fused(
        "SkipLayerNormalization",
        Map.of("epsilon", (float) epsilon),
        inputs.toArray(String[]::new));
  }

  Value rmsNorm(Value x, String weight, double epsilon) {
    return nodes.node(
        "SimplifiedLayerNormalization",
        Map.of("axis", -1L, "epsilon", (float) epsilon),
        nodes.read(x),
        weights.plain(weight));
  }
}
