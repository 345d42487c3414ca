package dev.embedlab.tokenize.text;

/** Lower-cases each character by itself, without looking at its neighbours (so no final sigma). */
public record Lowercase() implements Normalizer {

  @Override
  public NormalizedText normalize(NormalizedText text) {
    NormalizedText.Builder out = new NormalizedText.Builder(text);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      append(out, c, i, next);
      i = next;
    }
    return out.build();
  }

  static void append(NormalizedText.Builder out, int codePoint, int from, int to) {
    if (codePoint == 0x130) { // The one character whose lower case is two.
      out.add('i', from, to).add('\u0307', from, to);
    } else {
      out.addCodePoint(Character.toLowerCase(codePoint), from, to);
    }
  }
}
