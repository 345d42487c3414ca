package dev.embedlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.embedlab.checkpoint.Checkpoint;
import dev.embedlab.encode.Similarity;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.vector.Similarities;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Compares the mean token vectors of a quantized network with those of the reference. */
public record QuantizationCheck(Checkpoint checkpoint, List<TokenBatch> texts) {

  private static final int TEXTS = 40;
  private static final double LEAST_COSINE = 0.999;

  /** Texts of random words, each a batch. */
  public static QuantizationCheck of(Checkpoint checkpoint) {
    Random random = new Random(3);
    List<TokenBatch> texts =
        IntStream.range(0, TEXTS)
            .mapToObj(_ -> text(random))
            .map(text -> List.of(checkpoint.tokenizer().encode(text)))
            .map(text -> TokenBatch.of(text, 0, 0))
            .toList();
    return new QuantizationCheck(checkpoint, texts);
  }

  private static String text(Random random) {
    return String.join(
        " ",
        IntStream.range(0, 2 + random.nextInt(30))
            .mapToObj(_ -> Integer.toString(random.nextInt(1_000_000), 36))
            .toList());
  }

  /**
   * Half of the texts give the mean inputs, the others are compared.
   *
   * @param start quantizes the network
   */
  public void check(Function<InputMeans, NetworkRunner> start) {
    InputMeans means =
        InputMeans.measure(checkpoint.network(), checkpoint.weights(), texts.subList(0, TEXTS / 2));
    double[] corrected = cosines(start, means);
    double[] plain = cosines(start, InputMeans.none());
    for (double cosine : corrected) {
      assertThat(cosine).isGreaterThanOrEqualTo(LEAST_COSINE);
    }
    assertThat(IntStream.range(0, plain.length).mapToDouble(i -> corrected[i] - plain[i]).sum())
        .as("what correcting brings, summed over texts")
        .isPositive();
  }

  private double[] cosines(Function<InputMeans, NetworkRunner> start, InputMeans means) {
    NetworkRunner eager = new EagerRunner(checkpoint.network(), checkpoint.weights());
    try (NetworkRunner quantized = start.apply(means)) {
      return texts.subList(TEXTS / 2, TEXTS).stream()
          .mapToDouble(
              text ->
                  Similarities.score(
                      Similarity.DOT, meanVector(eager, text), meanVector(quantized, text)))
          .toArray();
    }
  }

  /** Of unit length. */
  private float[] meanVector(NetworkRunner runner, TokenBatch text) {
    try (NDManager manager = checkpoint.weights().manager().newSubManager()) {
      float[] tokens = runner.run(manager, text).toFloatArray();
      int width = tokens.length / text.tokens();
      float[] mean = new float[width];
      for (int i = 0; i < tokens.length; i++) {
        mean[i % width] += tokens[i];
      }
      return Similarities.unit(mean);
    }
  }
}
