package dev.embedlab.kernel.magic;

import java.util.ArrayList;
import java.util.List;

/**
 * A magic as written: {@code name} and its arguments; quotes keep blanks together.
 *
 * @param rest everything after the name, unsplit
 */
public record MagicLine(String name, List<String> arguments, String rest) {

  /** Parses the text after {@code %} or {@code %%}. */
  public static MagicLine parse(String text) {
    String line = text.strip();
    int end = 0;
    while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
      end++;
    }
    String rest = line.substring(end).strip();
    return new MagicLine(line.substring(0, end), words(rest), rest);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean started = false;
    char quote = 0;
    for (char c : text.toCharArray()) {
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        started = true;
      } else if (!Character.isWhitespace(c)) {
        word.append(c);
        started = true;
      } else if (started) {
        words.add(word.toString());
        word.setLength(0);
        started = false;
      }
    }
    if (started) {
      words.add(word.toString());
    }
    return List.copyOf(words);
  }
}
