package dev.embedlab.tokenize.text;

import java.util.List;

/**
 * Normalizers one after another.
 *
 * @param steps in the order they are applied
 */
public record NormalizerSequence(List<Normalizer> steps) implements Normalizer {

  public NormalizerSequence {
    steps = List.copyOf(steps);
  }

  /** Normalizers one after another. */
  public static NormalizerSequence of(Normalizer... steps) {
    return new NormalizerSequence(List.of(steps));
  }

  @Override
  public NormalizedText normalize(NormalizedText text) {
    NormalizedText current = text;
    for (Normalizer step : steps) {
      current = step.normalize(current);
    }
    return current;
  }
}
