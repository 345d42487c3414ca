package dev.embedlab.search;

import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.Similarities;
import java.util.List;

/**
 * Several models as one: their unit vectors side by side, each times the square root of its weight,
 * so that the cosine of the whole is the weighted mean of the cosines.
 *
 * @param encoders closed with this one
 * @param weights above 0, as many as encoders
 */
public record EncoderEnsemble(List<Encoder> encoders, List<Double> weights) implements Encoder {

  public EncoderEnsemble {
    encoders = List.copyOf(encoders);
    weights = List.copyOf(weights);
    if (encoders.isEmpty() || encoders.size() != weights.size()) {
      throw new IllegalArgumentException(
          "%d encoders but %d weights.".formatted(encoders.size(), weights.size()));
    }
    if (weights.stream().anyMatch(w -> !(w > 0) || w.isInfinite())) {
      throw new IllegalArgumentException("Weights must be above 0, but are " + weights + ".");
    }
  }

  /** Models of equal weight. */
  public static EncoderEnsemble of(Encoder... encoders) {
    return new EncoderEnsemble(
        List.of(encoders), java.util.Collections.nCopies(encoders.length, 1.0));
  }

  @Override
  public String name() {
    return String.join(" + ", encoders.stream().map(Encoder::name).toList());
  }

  @Override
  public int dimension() {
    return encoders.stream().mapToInt(Encoder::dimension).sum();
  }

  @Override
  public Similarity similarity() {
    return Similarity.COSINE;
  }

  @Override
  public float[][] encode(List<String> texts, EncodeOptions options) {
    if (options.truncateDim() > 0) {
      throw new IllegalArgumentException(
          "An ensemble cannot be truncated: truncate its models, or use PCA.");
    }
    float[][] joined = new float[texts.size()][dimension()];
    int at = 0;
    double total = weights.stream().mapToDouble(w -> w).sum();
    for (int e = 0; e < encoders.size(); e++) {
      float scale = (float) Math.sqrt(weights.get(e) / total);
      float[][] vectors = encoders.get(e).encode(texts, options);
      for (int n = 0; n < vectors.length; n++) {
        float[] unit = Similarities.unit(vectors[n]);
        for (int i = 0; i < unit.length; i++) {
          joined[n][at + i] = scale * unit[i];
        }
      }
      at += encoders.get(e).dimension();
    }
    return joined;
  }

  @Override
  public void close() {
    encoders.forEach(Encoder::close);
  }
}
