package dev.embedlab.tokenize.split;

import dev.embedlab.tokenize.text.ByteCharacters;
import dev.embedlab.tokenize.text.CharacterClasses;
import dev.embedlab.tokenize.text.NormalizedText;

/**
 * The pre-tokenizer of GPT-2: cuts at the borders of letters, numbers and symbols, a leading blank
 * staying with its word, and writes words as {@linkplain ByteCharacters byte characters}.
 *
 * <p>The cutting equals the pattern {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+|
 * ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}, written out as a scanner because a regular expression spends
 * most of the encoding time.
 *
 * @param addPrefixSpace whether a blank is put before a text that does not begin with one
 * @param useRegex whether to cut at all; false where another pre-tokenizer has cut already
 */
public record ByteLevel(boolean addPrefixSpace, boolean useRegex) implements PreTokenizer {

  private static final ByteCharacters BYTES = new ByteCharacters();

  @Override
  public Splits split(Splits words) {
    Splits prefixed = addPrefixSpace ? words.rewrite(ByteLevel::prefix) : words;
    Splits cut = useRegex ? prefixed.cut(ByteLevel::cut) : prefixed;
    NormalizedText bytes = BYTES.normalize(cut.text());
    return bytes.length() == cut.text().length()
        ? cut.withText(bytes)
        : cut.rewrite(ByteLevel::toBytes);
  }

  private static void prefix(NormalizedText text, int from, int to, NormalizedText.Builder out) {
    if (text.charAt(from) != ' ') {
      out.add(' ', from, from + Character.charCount(text.codePointAt(from)));
    }
    for (int i = from; i < to; i++) {
      out.add(text.charAt(i), i, i + 1);
    }
  }

  private static void toBytes(NormalizedText text, int from, int to, NormalizedText.Builder out) {
    for (int i = from; i < to; ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      ByteCharacters.append(out, c, i, next);
      i = next;
    }
  }

  private static void cut(NormalizedText text, int from, int to, Splits.Builder out) {
    for (int i = from; i < to; ) {
      int end = wordEnd(text, i, to);
      out.add(i, end);
      i = end;
    }
  }

  private static int wordEnd(NormalizedText text, int from, int to) {
    char first = text.charAt(from);
    if (first == '\'') {
      int contraction = contraction(text, from, to);
      if (contraction > 0) {
        return from + contraction;
      }
    }
    int body = first == ' ' && from + 1 < to ? from + 1 : from;
    Kind kind = Kind.of(text.codePointAt(body));
    return kind == Kind.SPACE ? spaceEnd(text, from, to) : runEnd(text, body, to, kind);
  }

  /** Length of the English contraction at an apostrophe, or 0. */
  private static int contraction(NormalizedText text, int at, int to) {
    char next = at + 1 < to ? text.charAt(at + 1) : 0;
    if (next == 's' || next == 't' || next == 'm' || next == 'd') {
      return 2;
    }
    char third = at + 2 < to ? text.charAt(at + 2) : 0;
    boolean two =
        (next == 'r' && third == 'e')
            || (next == 'v' && third == 'e')
            || (next == 'l' && third == 'l');
    return two ? 3 : 0;
  }

  private static int runEnd(NormalizedText text, int from, int to, Kind kind) {
    int i = from;
    while (i < to) {
      int c = text.codePointAt(i);
      if (Kind.of(c) != kind) {
        return i;
      }
      i += Character.charCount(c);
    }
    return to;
  }

  /** A run of white space leaves its last character to the word that follows. */
  private static int spaceEnd(NormalizedText text, int from, int to) {
    int end = runEnd(text, from, to, Kind.SPACE);
    return end == to || end == from + 1 ? end : end - 1;
  }

  private enum Kind {
    LETTER,
    NUMBER,
    SPACE,
    OTHER;

    static Kind of(int c) {
      if (c < 128) {
        if ((c | 32) >= 'a' && (c | 32) <= 'z') {
          return LETTER;
        }
        if (c >= '0' && c <= '9') {
          return NUMBER;
        }
      } else if (Character.isLetter(c)) {
        return LETTER;
      } else if (CharacterClasses.isNumeric(c)) {
        return NUMBER;
      }
      return CharacterClasses.isWhitespace(c) ? SPACE : OTHER;
    }
  }
}
