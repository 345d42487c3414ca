package dev.embedlab.tokenize.rewrite;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with Korean units or {@code k}, such as {@code 1억 2,000만 5백}. */
final class KoreanNumber {

  private static final Pattern PART = Pattern.compile("(\\d+(?:[.,]\\d+)*)\\s?([억만천백kK]?)\\s?");
  private static final int MOST_DIGITS = 15;

  private KoreanNumber() {}

  /** The value, empty where it is not a whole number of reasonable size. */
  static OptionalLong value(String text) {
    Matcher parts = PART.matcher(text);
    BigDecimal sum = BigDecimal.ZERO;
    int end = 0;
    while (parts.find()) {
      String digits = parts.group(1).replace(",", "");
      if (parts.start() != end
          || digits.length() > MOST_DIGITS
          || digits.indexOf('.') != digits.lastIndexOf('.')) {
        return OptionalLong.empty();
      }
      sum = sum.add(new BigDecimal(digits).multiply(BigDecimal.valueOf(unit(parts.group(2)))));
      end = parts.end();
    }
    boolean whole = sum.stripTrailingZeros().scale() <= 0 && sum.precision() <= MOST_DIGITS + 4;
    return whole && end == text.length() ? OptionalLong.of(sum.longValue()) : OptionalLong.empty();
  }

  private static long unit(String name) {
    return switch (name) {
      case "억" -> 100_000_000;
      case "만" -> 10_000;
      case "천", "k", "K" -> 1_000;
      case "백" -> 100;
      default -> 1;
    };
  }
}
