package dev.embedlab.checkpoint;

import dev.embedlab.nn.Activation;
import java.util.List;

/** One entry of {@code modules.json}, with what its own configuration says. */
public sealed interface ModuleSpec {

  /** Folder inside the checkpoint; empty for the checkpoint itself. */
  String path();

  /** An encoder. */
  record Transformer(String path) implements ModuleSpec {}

  /** A table of token vectors whose mean is taken. */
  record StaticEmbedding(String path) implements ModuleSpec {}

  /**
   * @param dimension length of the token vectors
   * @param modes their results are concatenated in this order
   * @param includePrompt whether prompt tokens count
   */
  record Pooling(String path, int dimension, List<PoolingMode> modes, boolean includePrompt)
      implements ModuleSpec {
    public Pooling {
      modes = List.copyOf(modes);
    }
  }

  /**
   * A linear layer.
   *
   * @param residual whether the input is added to the output
   * @param onTokens whether it acts on token vectors, before pooling
   */
  record Dense(
      String path,
      int inFeatures,
      int outFeatures,
      boolean bias,
      Activation activation,
      boolean residual,
      boolean onTokens)
      implements ModuleSpec {}

  /** Scaling to unit length. */
  record Normalize(String path) implements ModuleSpec {}

  /** Layer normalization of the vector. */
  record LayerNorm(String path, int dimension) implements ModuleSpec {}

  /** Dropout of the vector while training. */
  record Dropout(String path, double probability) implements ModuleSpec {}
}
