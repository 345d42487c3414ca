package dev.embedlab.checkpoint;

import dev.embedlab.encode.EncodeOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Texts encoded in a second, tokenizing included, in several runs over the same texts.
 *
 * @param median of the runs
 * @param slowest of the runs
 * @param fastest of the runs
 */
public record Throughput(double median, double slowest, double fastest) {

  static Throughput measure(
      EmbeddingModel model, List<String> texts, EncodeOptions options, int runs) {
    if (runs < 1) {
      throw new IllegalArgumentException("At least 1 run is needed, not %d.".formatted(runs));
    }
    model.encode(texts, options);
    double[] rates = new double[runs];
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      model.encode(texts, options);
      rates[i] = texts.size() * 1e9 / Math.max(1, System.nanoTime() - start);
    }
    Arrays.sort(rates);
    double median = (rates[(runs - 1) / 2] + rates[runs / 2]) / 2;
    return new Throughput(median, rates[0], rates[runs - 1]);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,.0f texts/s [%,.0f, %,.0f]", median, slowest, fastest);
  }
}
