package dev.embedlab.tokenize.split;

import dev.embedlab.tokenize.text.NormalizedText;

/**
 * The pre-tokenizer of SentencePiece models: blanks become a visible character that belongs to the
 * word it precedes.
 *
 * @param replacement the visible character, usually {@code ▁} (U+2581)
 * @param prepend whether a text gets the character in front too
 * @param split whether to cut before each such character
 */
public record Metaspace(char replacement, PrependScheme prepend, boolean split)
    implements PreTokenizer {

  /** The usual replacement, {@code ▁}. */
  public static final char LOWER_ONE_EIGHTH_BLOCK = '\u2581';

  /** Which texts get the replacement in front. */
  public enum PrependScheme {
    /** Every part, also after a special token. */
    ALWAYS,
    /** Only the part at the very start. */
    FIRST,
    /** None. */
    NEVER
  }

  /** As SentencePiece models have it by default. */
  public static Metaspace standard() {
    return new Metaspace(LOWER_ONE_EIGHTH_BLOCK, PrependScheme.ALWAYS, true);
  }

  @Override
  public Splits split(Splits words) {
    Splits visible = words.rewrite(this::rewrite);
    return split
        ? visible.cut(new CharacterCutter(c -> c == replacement, SplitBehavior.MERGED_WITH_NEXT))
        : visible;
  }

  private void rewrite(NormalizedText text, int from, int to, NormalizedText.Builder out) {
    char first = text.charAt(from);
    if (first != ' ' && first != replacement && isPrepended(text.originalStart(from))) {
      out.add(replacement, from, from + Character.charCount(text.codePointAt(from)));
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      out.add(c == ' ' ? replacement : c, i, i + 1);
    }
  }

  private boolean isPrepended(int originalStart) {
    return prepend == PrependScheme.ALWAYS
        || (prepend == PrependScheme.FIRST && originalStart == 0);
  }
}
