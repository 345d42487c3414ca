package dev.embedlab.tokenize.split;

import dev.embedlab.tokenize.text.CharacterClasses;
import dev.embedlab.tokenize.text.NormalizedText;

/**
 * Runs of word characters and runs of everything else that is not white space: {@code
 * \w+|[^\w\s]+}.
 */
public record Whitespace() implements PreTokenizer {

  private static final int SPACE = 0;
  private static final int WORD = 1;
  private static final int SYMBOL = 2;

  @Override
  public Splits split(Splits words) {
    return words.cut(Whitespace::cut);
  }

  private static void cut(NormalizedText text, int from, int to, Splits.Builder out) {
    int start = from;
    int running = SPACE;
    for (int i = from; i < to; ) {
      int c = text.codePointAt(i);
      int kind = kind(c);
      if (kind != running) {
        if (running != SPACE) {
          out.add(start, i);
        }
        start = i;
        running = kind;
      }
      i += Character.charCount(c);
    }
    if (running != SPACE) {
      out.add(start, to);
    }
  }

  private static int kind(int c) {
    if (CharacterClasses.isWordCharacter(c)) {
      return WORD;
    }
    return CharacterClasses.isWhitespace(c) ? SPACE : SYMBOL;
  }
}
