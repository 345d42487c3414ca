package dev.embedlab.tokenize.text;

/**
 * Puts a fixed string before every text that is not empty.
 *
 * @param prefix what is put there
 */
public record Prepend(String prefix) implements Normalizer {

  @Override
  public NormalizedText normalize(NormalizedText text) {
    if (text.length() == 0) {
      return text;
    }
    NormalizedText.Builder out = new NormalizedText.Builder(text);
    int first = Character.charCount(text.codePointAt(0));
    for (int i = 0; i < prefix.length(); i++) {
      out.add(prefix.charAt(i), 0, first);
    }
    for (int i = 0; i < text.length(); i++) {
      out.add(text.charAt(i), i, i + 1);
    }
    return out.build();
  }
}
