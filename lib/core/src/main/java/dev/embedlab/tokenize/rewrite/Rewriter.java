package dev.embedlab.tokenize.rewrite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Applies rules one after another. Documents and queries must go through the same rules.
 *
 * @param rules in the order they are applied
 */
public record Rewriter(List<Rule> rules) {

  public Rewriter {
    rules = List.copyOf(rules);
  }

  /** Rules one after another. */
  public static Rewriter of(Rule... rules) {
    return new Rewriter(List.of(rules));
  }

  /** Unicode, white space, amounts and digits; no product names. */
  public static Rewriter standard() {
    return of(
        Rules.unicode(),
        Rules.whitespace(),
        Rules.koreanAmounts(),
        Rules.thousands(),
        Rules.digitGroups());
  }

  /** The text after all rules. */
  public String apply(String text) {
    return rewrite(text).text();
  }

  /** The text after all rules, with a record that can be undone. */
  public Rewritten rewrite(String text) {
    List<Change> changes = new ArrayList<>();
    String current = text;
    for (Rule rule : rules) {
      current = apply(rule, current, changes);
    }
    return new Rewritten(current, changes);
  }

  private static String apply(Rule rule, String text, List<Change> changes) {
    Matcher matcher = rule.pattern().matcher(text);
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    while (matcher.find()) {
      String after = rule.replacement().apply(matcher);
      if (!after.equals(matcher.group())) {
        out.append(text, copied, matcher.start());
        changes.add(new Change(rule.name(), out.length(), matcher.group(), after));
        out.append(after);
        copied = matcher.end();
      }
    }
    return out.append(text, copied, text.length()).toString();
  }

  /** How many changes each rule makes in a collection, rules without a change included. */
  public Map<String, Integer> count(Iterable<String> texts) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    rules.forEach(rule -> counts.put(rule.name(), 0));
    for (String text : texts) {
      rewrite(text).counts().forEach((rule, count) -> counts.merge(rule, count, Integer::sum));
    }
    return counts;
  }
}
