package dev.embedlab.checkpoint;

import ai.djl.ndarray.NDManager;
import dev.embedlab.engine.BatchWorkers;
import dev.embedlab.engine.NetworkRunner;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.input.TokenizedText;
import java.util.Arrays;
import java.util.List;

/** Eight texts and what the reference makes of them, to check other backends and to time them. */
final class SelfCheck {

  /** Largest difference that passes. */
  private static final float TOLERANCE = 1e-4f;

  private static final int LONGEST = 64;
  private static final int MOST_RUNS = 5;
  private static final long TIME_TO_MEASURE = 100_000_000;

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

  private final NDManager parent;
  private final TokenBatch batch;
  private final float[] expected;

  SelfCheck(Checkpoint checkpoint, NetworkRunner reference) {
    this.parent = checkpoint.weights().manager();
    List<TokenizedText> texts =
        PROBES.stream().map(checkpoint.tokenizer()::encode).map(SelfCheck::shortened).toList();
    this.batch = TokenBatch.of(texts, checkpoint.paddingId(), 0);
    this.expected = run(reference);
  }

  /** Models without a limit would make a text of 600 words slow for nothing. */
  private static TokenizedText shortened(TokenizedText text) {
    int length = Math.min(text.length(), LONGEST);
    return new TokenizedText(
        Arrays.copyOf(text.ids(), length), Arrays.copyOf(text.typeIds(), length), 0);
  }

  private float[] run(NetworkRunner runner) {
    try (NDManager manager = parent.newSubManager()) {
      return runner.run(manager, batch).toFloatArray();
    }
  }

  boolean passes(NetworkRunner candidate) {
    return close(run(candidate));
  }

  /** Vectors of padding differ by nature and are never used. */
  private boolean close(float[] actual) {
    int width = expected.length / batch.size() / batch.tokens();
    boolean perToken = expected.length % (batch.size() * batch.tokens()) == 0 && width > 0;
    for (int i = 0; i < Math.min(expected.length, actual.length); i++) {
      int token = perToken ? i / width % batch.tokens() : 0;
      int row = perToken ? i / width / batch.tokens() : 0;
      boolean real = token < Math.max(1, batch.lengths()[row]);
      float scale = Math.max(1, Math.abs(expected[i]));
      if (real
          && batch.lengths()[row] > 0
          && !(Math.abs(expected[i] - actual[i]) <= TOLERANCE * scale)) {
        return false;
      }
    }
    return expected.length == actual.length;
  }

  /** The fastest of a few runs on one thread, in nanoseconds; the runs take a tenth of a second. */
  long nanos(NetworkRunner runner) {
    long[] best = {Long.MAX_VALUE};
    BatchWorkers.alone(
        () -> {
          long begin = System.nanoTime();
          for (int i = 0; i < MOST_RUNS && System.nanoTime() - begin < TIME_TO_MEASURE; i++) {
            long start = System.nanoTime();
            run(runner);
            best[0] = Math.min(best[0], System.nanoTime() - start);
          }
        });
    return best[0];
  }
}
