package dev.embedlab.tokenize.text;

import java.text.Normalizer.Form;

/**
 * Canonical decompositions of single characters, remembered because they are asked for in loops.
 */
final class Decomposition {

  // Filled without locks: every thread computes the same value.
  private static final String[] KNOWN = new String[0x10000];

  private Decomposition() {}

  static String of(int codePoint) {
    if (!Character.isBmpCodePoint(codePoint)) {
      return compute(codePoint);
    }
    String known = KNOWN[codePoint];
    if (known == null) {
      known = compute(codePoint);
      KNOWN[codePoint] = known;
    }
    return known;
  }

  private static String compute(int codePoint) {
    String text = Character.toString(codePoint);
    return CharacterClasses.isNotDecomposed(codePoint)
        ? text
        : java.text.Normalizer.normalize(text, Form.NFD);
  }
}
