package dev.embedlab.tokenize.rewrite;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Rules for text as people type it. */
public final class Rules {

  private Rules() {}

  /** Runs of white space become one blank, except line ends, which stay. */
  public static Rule whitespace() {
    return new Rule(
        "white space",
        Pattern.compile("[\\p{Z}\\t\\x0B\\f\\u00A0\\u200B\\uFEFF&&[^\\n]]+"),
        match -> " ");
  }

  /**
   * Compatibility characters become their plain forms (NFKC): full-width letters, ligatures,
   * circled digits.
   */
  public static Rule unicode() {
    return new Rule(
        "Unicode",
        Pattern.compile("[^\\x00-\\x7F]\\p{M}*|[\\x00-\\x7F]\\p{M}+"),
        match -> Normalizer.normalize(match.group(), Normalizer.Form.NFKC));
  }

  /**
   * Korean amounts become digits: {@code 3만원}, {@code 2만 5천원} and {@code 10k원} become {@code
   * 30000원} and so on.
   */
  public static Rule koreanAmounts() {
    return new Rule(
        "Korean amounts",
        Pattern.compile("(?<![\\d.,])(?:\\d+(?:[.,]\\d+)*\\s?[억만천백kK]\\s?)+(?:\\d{1,4})?\\s?(?=원)"),
        match -> plain(KoreanNumber.value(match.group()), match.group()));
  }

  /**
   * Thousands abbreviated with {@code k} become digits: {@code 10k} and {@code 1.5K} become {@code
   * 10000} and {@code 1500}.
   */
  public static Rule thousands() {
    return new Rule(
        "thousands",
        Pattern.compile("(?<![\\w.,])\\d+(?:\\.\\d+)?[kK](?![A-Za-z0-9])"),
        match -> plain(KoreanNumber.value(match.group()), match.group()));
  }

  /** Commas between groups of three digits are left out: {@code 30,000} becomes {@code 30000}. */
  public static Rule digitGroups() {
    return new Rule(
        "digit groups",
        Pattern.compile("(?<![\\d.,])\\d{1,3}(?:,\\d{3})+(?![\\d,])"),
        match -> match.group().replace(",", ""));
  }

  /**
   * Names of products are written the same everywhere, whatever their case.
   *
   * @param names from what people write to the name that is used; longer ones are tried first
   */
  public static Rule products(Map<String, String> names) {
    List<String> keys = new ArrayList<>(names.keySet());
    keys.sort(Comparator.comparingInt((String key) -> -key.length()).thenComparing(key -> key));
    Map<String, String> byLowerCase = new java.util.HashMap<>();
    names.forEach((from, to) -> byLowerCase.put(from.toLowerCase(Locale.ROOT), to));
    String alternatives = String.join("|", keys.stream().map(Pattern::quote).toList());
    return new Rule(
        "product names",
        Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:" + alternatives + ")(?![A-Za-z\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE),
        match -> byLowerCase.getOrDefault(lower(match), match.group()));
  }

  private static String lower(MatchResult match) {
    return match.group().toLowerCase(Locale.ROOT);
  }

  private static String plain(java.util.OptionalLong value, String otherwise) {
    return value.isPresent() ? String.valueOf(value.getAsLong()) : otherwise;
  }
}
