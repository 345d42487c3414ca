package dev.embedlab.tokenize.split;

import dev.embedlab.tokenize.text.CharacterClasses;

/**
 * Cuts at punctuation.
 *
 * @param behavior what becomes of the punctuation
 */
public record Punctuation(SplitBehavior behavior) implements PreTokenizer {

  @Override
  public Splits split(Splits words) {
    return words.cut(new CharacterCutter(CharacterClasses::isPunctuation, behavior));
  }
}
