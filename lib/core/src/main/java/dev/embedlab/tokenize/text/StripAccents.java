package dev.embedlab.tokenize.text;

/**
 * Removes combining marks; decompose first (NFD or NFKD) to strip accents from composed letters.
 */
public record StripAccents() implements Normalizer {

  @Override
  public NormalizedText normalize(NormalizedText text) {
    NormalizedText.Builder out = new NormalizedText.Builder(text);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (!CharacterClasses.isMark(c)) {
        out.addCodePoint(c, i, next);
      }
      i = next;
    }
    return out.build();
  }
}
