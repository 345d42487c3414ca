package dev.embedlab.tokenize.rewrite;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What is replaced by what.
 *
 * @param name as reports show it
 * @param pattern finds the places
 * @param replacement the new text for a match; the same text means no change
 */
public record Rule(String name, Pattern pattern, Function<MatchResult, String> replacement) {

  /** Replaces a fixed text, wherever it stands. */
  public static Rule literal(String name, String before, String after) {
    return new Rule(name, Pattern.compile(Pattern.quote(before)), match -> after);
  }
}
