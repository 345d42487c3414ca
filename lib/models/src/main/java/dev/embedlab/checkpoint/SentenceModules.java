package dev.embedlab.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.embedlab.engine.EagerModules;
import dev.embedlab.input.TokenBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The modules after the encoder, on DJL arrays; differentiable. */
final class SentenceModules {

  private final List<ModuleSpec> modules;
  private final EagerModules layers;

  SentenceModules(List<ModuleSpec> modules, EagerModules layers) {
    this.modules = modules;
    this.layers = layers;
  }

  /**
   * @param manager owns everything in between
   * @param tokens {@code [batch][tokens][hidden]}
   * @return {@code [batch][dimension]}
   */
  NDArray apply(NDManager manager, NDArray tokens, TokenBatch batch, boolean training) {
    Map<String, NDArray> features = new HashMap<>(Map.of(ModuleSpec.TOKENS, tokens));
    for (ModuleSpec module : modules) {
      NDArray x = features.get(ModuleSpec.SENTENCE);
      switch (module) {
        case ModuleSpec.Transformer _ -> {}
        case ModuleSpec.StaticEmbedding _ ->
            features.put(
                ModuleSpec.SENTENCE, weighted(manager, tokens, batch, PoolingMode.MEAN, 0));
        case ModuleSpec.Pooling pooling ->
            features.put(
                ModuleSpec.SENTENCE,
                pool(manager, features.get(ModuleSpec.TOKENS), batch, pooling));
        case ModuleSpec.Dense dense ->
            features.put(dense.output(), dense(manager, features.get(dense.input()), dense));
        case ModuleSpec.Normalize norm -> {
          NDArray input = features.get(norm.input());
          if (input != null) {
            features.put(norm.output(), input.normalize(2, -1, 1e-12));
          }
        }
        case ModuleSpec.LayerNorm norm ->
            features.put(
                ModuleSpec.SENTENCE, layers.layerNorm(manager, x, norm.path() + "/norm", 1e-5));
        case ModuleSpec.Dropout dropout -> {
          if (training) {
            features.put(ModuleSpec.SENTENCE, layers.dropout(manager, x, dropout.probability()));
          }
        }
      }
    }
    return features.get(ModuleSpec.SENTENCE);
  }

  private NDArray dense(NDManager manager, NDArray x, ModuleSpec.Dense dense) {
    NDArray out = layers.linear(manager, x, dense.path() + "/linear", dense.activation());
    if (!dense.residual()) {
      return out;
    }
    return out.add(
        dense.inFeatures() == dense.outFeatures()
            ? x
            : layers.linear(manager, x, dense.path() + "/residual"));
  }

  private static NDArray pool(
      NDManager manager, NDArray tokens, TokenBatch batch, ModuleSpec.Pooling pooling) {
    int from = pooling.includePrompt() ? 0 : batch.promptTokens();
    NDList parts = new NDList();
    for (PoolingMode mode : pooling.modes()) {
      parts.add(
          mode == PoolingMode.MAX
              ? maximum(manager, tokens, batch, from)
              : weighted(manager, tokens, batch, mode, from));
    }
    return parts.size() == 1
        ? parts.get(0)
        : parts.get(0).getNDArrayInternal().concat(parts.subNDList(1), 1);
  }

  private static NDArray weighted(
      NDManager manager, NDArray tokens, TokenBatch batch, PoolingMode mode, int from) {
    float[] values = PoolingWeights.of(mode, batch, from);
    NDArray weights = manager.create(values, new Shape(batch.size(), 1, batch.tokens()));
    return weights.matMul(tokens).squeeze(1);
  }

  private static NDArray maximum(NDManager manager, NDArray tokens, TokenBatch batch, int from) {
    float[] bias = new float[batch.size() * batch.tokens()];
    for (int i = 0; i < bias.length; i++) {
      int position = i % batch.tokens();
      boolean counts = position >= from && position < batch.lengths()[i / batch.tokens()];
      bias[i] = counts ? 0 : Float.NEGATIVE_INFINITY;
    }
    NDArray mask = manager.create(bias, new Shape(batch.size(), batch.tokens(), 1));
    return tokens.add(mask).max(new int[] {1});
  }
}
