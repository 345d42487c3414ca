package dev.embedlab.tokenize.split;

import dev.embedlab.tokenize.text.CharacterClasses;

/**
 * Sets numbers apart.
 *
 * @param individualDigits whether each digit is a word of its own, rather than the whole number
 */
public record Digits(boolean individualDigits) implements PreTokenizer {

  @Override
  public Splits split(Splits words) {
    SplitBehavior behavior = individualDigits ? SplitBehavior.ISOLATED : SplitBehavior.CONTIGUOUS;
    return words.cut(new CharacterCutter(CharacterClasses::isNumeric, behavior));
  }
}
