package dev.embedlab.tokenize.split;

import dev.embedlab.tokenize.text.CharacterClasses;
import dev.embedlab.tokenize.text.NormalizedText;

/** Words between white space, punctuation left on them. */
public record WhitespaceSplit() implements PreTokenizer {

  @Override
  public Splits split(Splits words) {
    return words.cut(WhitespaceSplit::cut);
  }

  private static void cut(NormalizedText text, int from, int to, Splits.Builder out) {
    int start = from;
    for (int i = from; i < to; i++) {
      if (CharacterClasses.isWhitespace(text.charAt(i))) {
        out.add(start, i);
        start = i + 1;
      }
    }
    out.add(start, to);
  }
}
