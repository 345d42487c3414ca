package dev.embedlab.tokenize.split;

import dev.embedlab.tokenize.text.NormalizedText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts at every match of a pattern.
 *
 * @param pattern the delimiter
 * @param behavior what becomes of it
 * @param invert whether the matches are the words and the rest the delimiter
 */
public record Split(Pattern pattern, SplitBehavior behavior, boolean invert)
    implements PreTokenizer {

  @Override
  public Splits split(Splits words) {
    return words.cut(this::cut);
  }

  private void cut(NormalizedText text, int from, int to, Splits.Builder out) {
    Matcher matcher = pattern.matcher(new String(text.chars(), from, to - from));
    Delimited spans = new Delimited();
    int start = from;
    while (matcher.find()) {
      spans.add(start, from + matcher.start(), invert);
      spans.add(from + matcher.start(), from + matcher.end(), !invert);
      start = from + matcher.end();
    }
    spans.add(start, to, invert);
    spans.flush(behavior, out);
  }
}
