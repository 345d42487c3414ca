package dev.embedlab.inspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Test texts that training has seen: word for word, but for case, spacing and punctuation, or
 * nearly. A leaked text is counted once, under the strictest of the three.
 */
public final class LeakAudit {

  private final int tested;
  private final List<Leak> leaks;

  private LeakAudit(int tested, List<Leak> leaks) {
    this.tested = tested;
    this.leaks = List.copyOf(leaks);
  }

  /** How a text leaked. */
  public enum Kind {
    EXACT,
    NORMALISED,
    NEAR
  }

  /**
   * @param kind how strict the match is
   * @param train text
   * @param test text
   * @param similarity 1 for exact and normalised matches, else Jaccard similarity of shingles
   */
  public record Leak(Kind kind, String train, String test, double similarity) {}

  /** With near duplicates from a Jaccard similarity of 0.8. */
  public static LeakAudit between(List<String> train, List<String> test) {
    return between(train, test, new NearDuplicates(0.8));
  }

  public static LeakAudit between(List<String> train, List<String> test, NearDuplicates near) {
    Set<String> exact = new HashSet<>(train);
    Map<String, String> normalised = new HashMap<>();
    train.forEach(text -> normalised.putIfAbsent(Words.normalized(text), text));
    List<Leak> leaks = new ArrayList<>();
    List<String> unmatched = new ArrayList<>();
    for (String text : test) {
      String twin = normalised.get(Words.normalized(text));
      if (exact.contains(text)) {
        leaks.add(new Leak(Kind.EXACT, text, text, 1));
      } else if (twin != null && !Words.normalized(text).isEmpty()) {
        leaks.add(new Leak(Kind.NORMALISED, twin, text, 1));
      } else {
        unmatched.add(text);
      }
    }
    for (NearDuplicates.Match match : near.between(train, unmatched)) {
      leaks.add(
          new Leak(
              Kind.NEAR,
              train.get(match.left()),
              unmatched.get(match.right()),
              match.similarity()));
    }
    return new LeakAudit(test.size(), leaks);
  }

  public List<Leak> leaks() {
    return leaks;
  }

  public long count(Kind kind) {
    return leaks.stream().filter(leak -> leak.kind() == kind).count();
  }

  /** Share of the test texts that leaked. */
  public double share() {
    return tested == 0 ? 0 : (double) leaks.size() / tested;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d of %,d test texts were seen in training (%.1f %%): %d exact, %d but for spelling, %d nearly",
        leaks.size(),
        tested,
        100 * share(),
        count(Kind.EXACT),
        count(Kind.NORMALISED),
        count(Kind.NEAR));
  }
}
