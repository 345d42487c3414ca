package dev.embedlab.tokenize.text;

import java.util.Optional;

/**
 * The normalizer of BERT: cleans control characters, sets ideographs apart, strips accents,
 * lower-cases.
 *
 * @param cleanText whether control characters are removed and white space becomes a blank
 * @param handleChineseChars whether Han ideographs get blanks around them
 * @param stripAccents whether accents are stripped; empty means as {@code lowercase} says
 * @param lowercase whether letters become lower case
 */
public record BertNormalizer(
    boolean cleanText,
    boolean handleChineseChars,
    Optional<Boolean> stripAccents,
    boolean lowercase)
    implements Normalizer {

  /** All steps on, as uncased BERT models and MiniLM have it. */
  public static BertNormalizer uncased() {
    return new BertNormalizer(true, true, Optional.empty(), true);
  }

  /** Case and accents kept, as cased and multilingual BERT models have it. */
  public static BertNormalizer cased() {
    return new BertNormalizer(true, true, Optional.empty(), false);
  }

  @Override
  public NormalizedText normalize(NormalizedText text) {
    char[] ascii = asciiOneForOne(text);
    return ascii != null ? text.withChars(ascii) : general(text);
  }

  /** The result where no character is added or removed, or null. */
  private char[] asciiOneForOne(NormalizedText text) {
    char[] source = text.chars();
    char[] out = new char[text.length()];
    for (int i = 0; i < out.length; i++) {
      char c = source[i];
      if (c >= 127 || (c < 32 && cleanText && !(c == '\t' || c == '\n' || c == '\r'))) {
        return null;
      }
      if (c < 32 && cleanText) {
        c = ' ';
      }
      out[i] = lowercase && c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
    return out;
  }

  private NormalizedText general(NormalizedText text) {
    boolean strip = stripAccents.orElse(lowercase);
    NormalizedText.Builder out = new NormalizedText.Builder(text);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (cleanText) {
        c = clean(c);
      }
      if (c >= 0) {
        boolean spaced = handleChineseChars && CharacterClasses.isHan(c);
        if (spaced) {
          out.add(' ', i, next);
        }
        appendLetters(out, c, strip, i, next);
        if (spaced) {
          out.add(' ', i, next);
        }
      }
      i = next;
    }
    return out.build();
  }

  /** The cleaned character, or -1 where it is dropped. */
  private static int clean(int c) {
    if (c == '\t' || c == '\n' || c == '\r') {
      return ' ';
    }
    if (c == 0xFFFD || CharacterClasses.isControl(c)) {
      return -1;
    }
    return CharacterClasses.isWhitespace(c) ? ' ' : c;
  }

  private void appendLetters(NormalizedText.Builder out, int c, boolean strip, int from, int to) {
    if (!strip || c < 128) {
      append(out, c, from, to);
      return;
    }
    String parts = Decomposition.of(c);
    for (int i = 0; i < parts.length(); ) {
      int part = parts.codePointAt(i);
      if (!CharacterClasses.isNonspacingMark(part)) {
        append(out, part, from, to);
      }
      i += Character.charCount(part);
    }
  }

  private void append(NormalizedText.Builder out, int c, int from, int to) {
    if (lowercase) {
      Lowercase.append(out, c, from, to);
    } else {
      out.addCodePoint(c, from, to);
    }
  }
}
