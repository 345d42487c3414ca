package dev.embedlab.tokenize.text;

import java.text.Normalizer.Form;

/**
 * A Unicode normalization form.
 *
 * <p>A composed character is aligned to everything it was composed of, accents included; the
 * reference aligns it to its first part only.
 *
 * @param form NFC, NFD, NFKC or NFKD
 */
public record UnicodeForm(Form form) implements Normalizer {

  @Override
  public NormalizedText normalize(NormalizedText text) {
    if (java.text.Normalizer.isNormalized(text.toString(), form)) {
      return text;
    }
    NormalizedText.Builder out = new NormalizedText.Builder(text);
    for (int i = 0; i < text.length(); ) {
      int end = segmentEnd(text, i);
      append(out, text, i, end);
      i = end;
    }
    return out.build();
  }

  /** Where the next character begins that cannot combine with what stands before it. */
  private static int segmentEnd(NormalizedText text, int from) {
    int i = from + Character.charCount(text.codePointAt(from));
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (!combinesBackwards(c)) {
        return i;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  private static boolean combinesBackwards(int c) {
    if (c < 0x300) {
      return false;
    }
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || (c >= 0x1160 && c <= 0x11FF) // Hangul vowels and finals.
        || c == 0xFF9E // Half-width voicing marks decompose to combining ones.
        || c == 0xFF9F;
  }

  private void append(NormalizedText.Builder out, NormalizedText text, int from, int to) {
    String segment = new String(text.chars(), from, to - from);
    String normal =
        CharacterClasses.isNotDecomposed(segment.codePointAt(0))
            ? segment
            : java.text.Normalizer.normalize(segment, form);
    if (normal.equals(segment)) {
      for (int i = from; i < to; i++) {
        out.add(text.charAt(i), i, i + 1);
      }
      return;
    }
    for (int i = 0; i < normal.length(); i++) {
      out.add(normal.charAt(i), from, to);
    }
  }
}
