package dev.embedlab.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.engine.EagerRunner;
import dev.embedlab.engine.NetworkRunner;
import dev.embedlab.engine.ScriptKernels;
import dev.embedlab.engine.ScriptRunner;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.input.TokenizedText;
import dev.embedlab.onnx.OnnxFileRunner;
import dev.embedlab.onnx.OnnxPrecision;
import dev.embedlab.onnx.OnnxRunner;
import java.util.List;

/** Starts backends, and finds the fastest that gives the vectors of the reference. */
final class Backends {

  /**
   * Largest difference to the reference that {@link dev.embedlab.engine.Backend#AUTO} lets pass.
   */
  private static final float TOLERANCE = 1e-4f;

  /** Lengths from one word to beyond any limit, several scripts, nothing at all. */
  private static final List<String> PROBES =
      List.of(
          "",
          "a",
          "The file is closed when the block ends.",
          "Crème brûlée, 東京, Привет!",
          "1, 22, 333; x = y + z",
          "emoji \uD83D\uDE00 and symbols §",
          "What is the longest river of the world, and which countries does it cross?",
          "long ".repeat(600));

  private Backends() {}

  static NetworkRunner start(Checkpoint checkpoint, OpenOptions options) {
    return switch (options.backend()) {
      case EAGER -> eager(checkpoint);
      case TORCHSCRIPT -> script(checkpoint, ScriptKernels.FUSED);
      case TORCHSCRIPT_INT8 -> script(checkpoint, ScriptKernels.INT8);
      case ONNX -> onnx(checkpoint, OnnxPrecision.FP32);
      case ONNX_INT8 -> onnx(checkpoint, OnnxPrecision.INT8);
      case ONNX_FILE ->
          new OnnxFileRunner(checkpoint.folder(), options.onnxFile(), checkpoint.network());
      case AUTO -> fastest(checkpoint);
    };
  }

  private static NetworkRunner eager(Checkpoint checkpoint) {
    return new EagerRunner(checkpoint.network(), checkpoint.weights());
  }

  private static NetworkRunner script(Checkpoint checkpoint, ScriptKernels kernels) {
    return new ScriptRunner(checkpoint.network(), checkpoint.weights(), kernels);
  }

  private static NetworkRunner onnx(Checkpoint checkpoint, OnnxPrecision precision) {
    return new OnnxRunner(checkpoint.network(), checkpoint.weights(), precision);
  }

  /** A libtorch without some kernel says so when the program is compiled or first run. */
  private static NetworkRunner fastest(Checkpoint checkpoint) {
    for (ScriptKernels kernels : List.of(ScriptKernels.FUSED, ScriptKernels.PLAIN)) {
      NetworkRunner candidate = null;
      try {
        candidate = script(checkpoint, kernels);
        if (agrees(checkpoint, candidate)) {
          return candidate;
        }
      } catch (RuntimeException e) {
        // The next one may do; the last resort always does.
      }
      if (candidate != null) {
        candidate.close();
      }
    }
    return eager(checkpoint);
  }

  private static boolean agrees(Checkpoint checkpoint, NetworkRunner candidate) {
    List<TokenizedText> texts = PROBES.stream().map(checkpoint.tokenizer()::encode).toList();
    long padding = checkpoint.paddingId();
    TokenBatch batch = TokenBatch.of(texts.stream().map(Backends::shortened).toList(), padding, 0);
    try (NDManager manager = checkpoint.weights().manager().newSubManager()) {
      NDArray expected = eager(checkpoint).run(manager, batch);
      NDArray actual = candidate.run(manager, batch);
      return close(batch, expected.toFloatArray(), actual.toFloatArray());
    }
  }

  /** Models without a limit would make a self-check of 600 words slow for nothing. */
  private static TokenizedText shortened(TokenizedText text) {
    int length = Math.min(text.length(), 64);
    return new TokenizedText(
        java.util.Arrays.copyOf(text.ids(), length),
        java.util.Arrays.copyOf(text.typeIds(), length),
        0);
  }

  /** Vectors of padding differ by nature and are never used. */
  private static boolean close(TokenBatch batch, float[] expected, float[] actual) {
    int width = expected.length / batch.size() / batch.tokens();
    boolean perToken = expected.length % (batch.size() * batch.tokens()) == 0 && width > 0;
    for (int i = 0; i < expected.length; i++) {
      int token = perToken ? i / width % batch.tokens() : 0;
      int row = perToken ? i / width / batch.tokens() : 0;
      boolean real = token < Math.max(1, batch.lengths()[row]);
      float scale = Math.max(1, Math.abs(expected[i]));
      if (real && !(Math.abs(expected[i] - actual[i]) <= TOLERANCE * scale)) {
        return batch.lengths()[row] == 0;
      }
    }
    return expected.length == actual.length;
  }
}
