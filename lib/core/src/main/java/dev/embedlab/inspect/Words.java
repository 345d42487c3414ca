package dev.embedlab.inspect;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts reduced to what a reader would call the same words. */
final class Words {

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Words() {}

  /** Compatibility form, lower case, runs of anything but letters and digits to one space. */
  static String normalized(String text) {
    String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return NO_WORD.matcher(compatible).replaceAll(" ").strip();
  }

  static Set<String> of(String text) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : normalized(text).split(" ")) {
      if (word.length() > 1) {
        words.add(word);
      }
    }
    return words;
  }

  static Set<String> shared(String a, String b) {
    Set<String> shared = of(a);
    shared.retainAll(of(b));
    return shared;
  }
}
