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

  private static final int SAMPLE = 256;

  static Forecast measure(EmbeddingModel model, List<String> texts, EncodeOptions options) {
    EncodeOptions silent = options.withProgress(Progress.none());
    List<String> sample = sample(texts);
    Truncation all = model.truncation(texts, silent);
    // The first run pays for threads and memory that later ones find ready.
    model.encode(sample.subList(0, Math.min(32, sample.size())), silent);
    long start = System.nanoTime();
    Encoded encoded = model.encodeWithReport(sample, silent);
    double nanos = System.nanoTime() - start;
    double perToken = nanos / Math.max(1, encoded.truncation().tokens());
    int dimension = sample.isEmpty() ? model.dimension() : encoded.vectors()[0].length;
    return new Forecast(
        texts.size(),
        all.tokens(),
        Duration.ofNanos((long) (perToken * all.tokens())),
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
