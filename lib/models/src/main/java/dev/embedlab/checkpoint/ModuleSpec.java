package dev.embedlab.checkpoint;

import dev.embedlab.nn.Activation;
import java.util.List;

/** One entry of {@code modules.json}, with what its own configuration says. */
public sealed interface ModuleSpec {

  /** Name under which modules find the vectors of tokens, {@code [batch][tokens][dim]}. */
  String TOKENS = "token_embeddings";

  /** Name under which modules find the vectors of texts, {@code [batch][dim]}. */
  String SENTENCE = "sentence_embedding";

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
   * @param input name of what it reads: token vectors, or by default the vector of the text
   * @param output name of what it writes
   */
  record Dense(
      String path,
      int inFeatures,
      int outFeatures,
      boolean bias,
      Activation activation,
      boolean residual,
      String input,
      String output)
      implements ModuleSpec {}

  /**
   * Scaling to unit length.
   *
   * @param input name of what it reads
   * @param output name of what it writes
   */
  record Normalize(String path, String input, String output) implements ModuleSpec {
    Normalize(String path) {
      this(path, SENTENCE, SENTENCE);
    }
  }

  /** Layer normalization of the vector. */
  record LayerNorm(String path, int dimension) implements ModuleSpec {}

  /** Dropout of the vector while training. */
  record Dropout(String path, double probability) implements ModuleSpec {}
}
