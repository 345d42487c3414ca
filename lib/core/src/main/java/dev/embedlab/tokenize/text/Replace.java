package dev.embedlab.tokenize.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces every match of a pattern.
 *
 * @param pattern what is replaced
 * @param content what stands there instead, taken literally
 */
public record Replace(Pattern pattern, String content) implements Normalizer {

  @Override
  public NormalizedText normalize(NormalizedText text) {
    Matcher matcher = pattern.matcher(text.toString());
    if (!matcher.find()) {
      return text;
    }
    NormalizedText.Builder out = new NormalizedText.Builder(text);
    int copied = 0;
    do {
      copy(text, copied, matcher.start(), out);
      for (int i = 0; i < content.length(); i++) {
        out.add(content.charAt(i), matcher.start(), matcher.end());
      }
      copied = matcher.end();
    } while (matcher.find());
    copy(text, copied, text.length(), out);
    return out.build();
  }

  private static void copy(NormalizedText text, int from, int to, NormalizedText.Builder out) {
    for (int i = from; i < to; i++) {
      out.add(text.charAt(i), i, i + 1);
    }
  }
}
