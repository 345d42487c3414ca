package dev.embedlab.checkpoint;

import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long encoding will take, how much memory the process will need and what the vectors will
 * weigh, from a measured sample.
 *
 * @param texts number of texts
 * @param tokens number of tokens that the model will see
 * @param time expected duration
 * @param vectorBytes memory of the vectors, four bytes for each dimension
 * @param peakBytes expected resident memory of the whole process at its peak while {@link
 *     EmbeddingModel#encode(List, EncodeOptions)} runs: what it holds now, libraries, weights and
 *     batches in work included, what tokens and the returned vectors add, and what the heap grows
 *     by before the collector runs. An encoding that hands vectors on one by one needs {@code
 *     vectorBytes} less. Empty where the system does not tell resident memory (it is read from
 *     Linux's {@code /proc})
 */
public record Forecast(
    long texts, long tokens, Duration time, long vectorBytes, OptionalLong peakBytes) {

  /** Enough for batches of every length to be of full size, as in the whole run. */
  private static final int SAMPLE = 4_096;

  /** Ids and segments of a token. */
  private static final int BYTES_OF_A_TOKEN = 16;

  static Forecast measure(
      TextEncoder encoder, int dimension, List<String> texts, EncodeOptions options) {
    EncodeOptions silent = options.withProgress(Progress.none());
    long allocated = ProcessMemory.allocated();
    long start = System.nanoTime();
    Truncation all = encoder.truncation(texts, silent);
    long tokenizing = System.nanoTime() - start;
    long tokenizingBytes = ProcessMemory.allocated() - allocated;
    TextEncoder.TokenCost cost =
        texts.isEmpty()
            ? new TextEncoder.TokenCost(0, 0)
            : encoder.costPerToken(sample(texts), silent);
    long vectorBytes = 4L * dimension * texts.size();
    long allocations = tokenizingBytes + (long) (cost.allocated() * all.tokens());
    double held = Math.min(1, TextEncoder.heldTexts() / (double) Math.max(1, texts.size()));
    long live = vectorBytes + (long) (BYTES_OF_A_TOKEN * held * all.tokens());
    return new Forecast(
        texts.size(),
        all.tokens(),
        Duration.ofNanos(tokenizing + (long) (cost.nanos() * all.tokens())),
        vectorBytes,
        peak(allocations, live));
  }

  private static OptionalLong peak(long allocations, long live) {
    OptionalLong resident = ProcessMemory.resident();
    return resident.isEmpty()
        ? resident
        : OptionalLong.of(resident.getAsLong() + ProcessMemory.heapGrowth(allocations, live));
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
