package dev.embedlab.tokenize.chunk;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Borders of sentences and words by the rules of the JDK ({@link BreakIterator}), Korean and
 * Indonesian included.
 */
final class Sentences {

  private Sentences() {}

  static List<Span> sentences(String text, Span span, Locale locale) {
    return cut(BreakIterator.getSentenceInstance(locale), text, span);
  }

  /** Words with the white space after them, so that they can be put together again. */
  static List<Span> words(String text, Span span) {
    List<Span> words = new ArrayList<>();
    int from = span.start();
    for (int i = span.start() + 1; i < span.end(); i++) {
      if (!Character.isWhitespace(text.charAt(i)) && Character.isWhitespace(text.charAt(i - 1))) {
        words.add(new Span(from, i));
        from = i;
      }
    }
    words.add(new Span(from, span.end()));
    return words;
  }

  static List<Span> characters(String text, Span span) {
    return cut(BreakIterator.getCharacterInstance(Locale.ROOT), text, span);
  }

  private static List<Span> cut(BreakIterator borders, String text, Span span) {
    borders.setText(text.substring(span.start(), span.end()));
    List<Span> parts = new ArrayList<>();
    int from = borders.first();
    for (int to = borders.next(); to != BreakIterator.DONE; to = borders.next()) {
      parts.add(new Span(span.start() + from, span.start() + to));
      from = to;
    }
    return parts;
  }
}
