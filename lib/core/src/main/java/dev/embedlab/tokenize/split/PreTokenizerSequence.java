package dev.embedlab.tokenize.split;

import java.util.List;

/**
 * Pre-tokenizers one after another.
 *
 * @param steps in the order they are applied
 */
public record PreTokenizerSequence(List<PreTokenizer> steps) implements PreTokenizer {

  public PreTokenizerSequence {
    steps = List.copyOf(steps);
  }

  /** Pre-tokenizers one after another. */
  public static PreTokenizerSequence of(PreTokenizer... steps) {
    return new PreTokenizerSequence(List.of(steps));
  }

  @Override
  public Splits split(Splits words) {
    Splits current = words;
    for (PreTokenizer step : steps) {
      current = step.split(current);
    }
    return current;
  }
}
