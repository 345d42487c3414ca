package dev.embedlab.tokenize.split;

import dev.embedlab.tokenize.text.CharacterClasses;
import dev.embedlab.tokenize.text.NormalizedText;

/** Words between white space, each punctuation character a word of its own, as BERT has it. */
public record BertPreTokenizer() implements PreTokenizer {

  @Override
  public Splits split(Splits words) {
    return words.cut(BertPreTokenizer::cut);
  }

  private static void cut(NormalizedText text, int from, int to, Splits.Builder out) {
    int start = from;
    for (int i = from; i < to; ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean space = CharacterClasses.isWhitespace(c);
      if (space || CharacterClasses.isPunctuation(c)) {
        out.add(start, i);
        if (!space) {
          out.add(i, next);
        }
        start = next;
      }
      i = next;
    }
    out.add(start, to);
  }
}
