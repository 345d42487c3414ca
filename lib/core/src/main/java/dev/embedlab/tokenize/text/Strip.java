package dev.embedlab.tokenize.text;

/**
 * Removes white space at the ends.
 *
 * @param left whether at the start
 * @param right whether at the end
 */
public record Strip(boolean left, boolean right) implements Normalizer {

  @Override
  public NormalizedText normalize(NormalizedText text) {
    int from = 0;
    int to = text.length();
    while (left && from < to && CharacterClasses.isWhitespace(text.charAt(from))) {
      from++;
    }
    while (right && to > from && CharacterClasses.isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    return text.slice(from, to);
  }
}
