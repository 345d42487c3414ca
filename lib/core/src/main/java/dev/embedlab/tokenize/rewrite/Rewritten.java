package dev.embedlab.tokenize.rewrite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A text after rewriting, with all that was changed.
 *
 * @param text as it is now
 * @param changes in the order they were made
 */
public record Rewritten(String text, List<Change> changes) {

  public Rewritten {
    changes = List.copyOf(changes);
  }

  /** The text as it was, found by undoing the changes. */
  public String original() {
    StringBuilder restored = new StringBuilder(text);
    for (Change change : changes.reversed()) {
      restored.replace(change.start(), change.start() + change.after().length(), change.before());
    }
    return restored.toString();
  }

  /** Changes by rule. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    changes.forEach(change -> counts.merge(change.rule(), 1, Integer::sum));
    return counts;
  }
}
