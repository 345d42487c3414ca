package dev.embedlab.word2vec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text into the words that get a vector. */
@FunctionalInterface
public interface WordSplitter {

  List<String> split(String text);

  /** Runs of letters, marks and digits, in lower case. */
  static WordSplitter words() {
    Pattern word = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
    return text -> {
      List<String> words = new ArrayList<>();
      Matcher matcher = word.matcher(text);
      while (matcher.find()) {
        words.add(matcher.group().toLowerCase(Locale.ROOT));
      }
      return words;
    };
  }

  /**
   * Like {@link #words()}, with names of program code cut where their parts meet: {@code
   * readHTMLFile2} becomes {@code read html file 2}.
   */
  static WordSplitter identifiers() {
    Pattern part =
        Pattern.compile(
            "\\p{Lu}+(?!\\p{Ll})|[\\p{Lu}\\p{Lt}]?[\\p{Ll}\\p{Lo}\\p{Lm}\\p{M}]+|\\p{Lu}|\\p{N}+");
    return text -> {
      List<String> words = new ArrayList<>();
      Matcher matcher = part.matcher(text);
      while (matcher.find()) {
        words.add(matcher.group().toLowerCase(Locale.ROOT));
      }
      return words;
    };
  }

  /** Splits at white space and changes nothing, for text that is already cut into words. */
  static WordSplitter whitespace() {
    Pattern space = Pattern.compile("\\s+");
    return text -> {
      String stripped = text.strip();
      return stripped.isEmpty() ? List.of() : List.of(space.split(stripped));
    };
  }
}
