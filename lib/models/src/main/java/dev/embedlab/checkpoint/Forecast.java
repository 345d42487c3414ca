package dev.embedlab.checkpoint;

import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long encoding will take and what the vectors will weigh, from a measured sample.
 *
 * @param texts number of texts
 * @param tokens number of tokens that the model will see
 * @param time expected duration
 * @param vectorBytes memory of the vectors, four bytes for each dimension
 */
public record Forecast(long texts, long tokens, Duration time, long vectorBytes) {

  /** Enough for batches of every length to be of full size, as in the whole run. */
  private static final int SAMPLE = 4_096;

  static Forecast measure(
      TextEncoder encoder, int dimension, List<String> texts, EncodeOptions options) {
    EncodeOptions silent = options.withProgress(Progress.none());
    long start = System.nanoTime();
    Truncation all = encoder.truncation(texts, silent);
    long tokenizing = System.nanoTime() - start;
    double perToken = texts.isEmpty() ? 0 : encoder.nanosPerToken(sample(texts), silent);
    return new Forecast(
        texts.size(),
        all.tokens(),
        Duration.ofNanos(tokenizing + (long) (perToken * all.tokens())),
        4L * dimension * texts.size());
  }

  /** Texts at even distances, so that order and length of the input do not mislead. */
  private static List<String> sample(List<String> texts) {
    int size = Math.min(SAMPLE, texts.size());
    List<String> sample = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      sample.add(texts.get((int) ((long) i * texts.size() / size)));
    }
    return sample;
  }
}
