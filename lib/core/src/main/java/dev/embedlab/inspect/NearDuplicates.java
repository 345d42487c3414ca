package dev.embedlab.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Finds texts that are nearly the same: MinHash signatures of their character 5-grams, candidates
 * by banding, each candidate checked by its true Jaccard similarity.
 *
 * <p>Source: Broder, "On the resemblance and containment of documents", 1997; Leskovec, Rajaraman
 * and Ullman, "Mining of massive datasets", chapter 3.
 *
 * @param threshold Jaccard similarity from which texts count as near duplicates, for example 0.8
 */
public record NearDuplicates(double threshold) {

  private static final int BANDS = 32;
  private static final int ROWS = 4;
  private static final int SHINGLE = 5;

  public NearDuplicates {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "The threshold must be above 0 and at most 1, but is %s.".formatted(threshold));
    }
  }

  /**
   * Two texts and their likeness.
   *
   * @param left position in the first list
   * @param right position in the second list
   * @param similarity Jaccard similarity of the shingles
   */
  public record Match(int left, int right, double similarity) {}

  /** Texts of {@code right} that nearly repeat one of {@code left}; the likest of each. */
  public List<Match> between(List<String> left, List<String> right) {
    return matches(shingles(left), shingles(right), (l, r) -> true);
  }

  /** Pairs inside one list, each text matched with the likest one before it. */
  public List<Match> within(List<String> texts) {
    List<Set<Integer>> shingles = shingles(texts);
    return matches(shingles, shingles, (l, r) -> l < r);
  }

  private List<Match> matches(
      List<Set<Integer>> left, List<Set<Integer>> right, BiPredicate<Integer, Integer> allowed) {
    List<Map<Integer, List<Integer>>> buckets = buckets(left);
    List<Match> matches = new ArrayList<>();
    for (int r = 0; r < right.size(); r++) {
      Match best = new Match(-1, r, 0);
      for (int l : candidates(buckets, right.get(r))) {
        double similarity = allowed.test(l, r) ? jaccard(left.get(l), right.get(r)) : 0;
        if (similarity >= threshold && similarity > best.similarity()) {
          best = new Match(l, r, similarity);
        }
      }
      if (best.left() >= 0) {
        matches.add(best);
      }
    }
    return matches;
  }

  private static List<Map<Integer, List<Integer>>> buckets(List<Set<Integer>> all) {
    List<Map<Integer, List<Integer>>> buckets = new ArrayList<>();
    for (int band = 0; band < BANDS; band++) {
      buckets.add(new HashMap<>());
    }
    for (int i = 0; i < all.size(); i++) {
      int[] keys = bandKeys(all.get(i));
      for (int band = 0; band < BANDS && !all.get(i).isEmpty(); band++) {
        buckets.get(band).computeIfAbsent(keys[band], key -> new ArrayList<>()).add(i);
      }
    }
    return buckets;
  }

  private static Set<Integer> candidates(
      List<Map<Integer, List<Integer>>> buckets, Set<Integer> shingles) {
    Set<Integer> candidates = new HashSet<>();
    int[] keys = bandKeys(shingles);
    for (int band = 0; band < BANDS && !shingles.isEmpty(); band++) {
      candidates.addAll(buckets.get(band).getOrDefault(keys[band], List.of()));
    }
    return candidates;
  }

  private static int[] bandKeys(Set<Integer> shingles) {
    int[] signature = new int[BANDS * ROWS];
    Arrays.fill(signature, Integer.MAX_VALUE);
    for (int shingle : shingles) {
      long state = shingle;
      for (int h = 0; h < signature.length; h++) {
        state += 0x9e3779b97f4a7c15L;
        signature[h] = Math.min(signature[h], mix(state));
      }
    }
    int[] keys = new int[BANDS];
    for (int band = 0; band < BANDS; band++) {
      keys[band] = Arrays.hashCode(Arrays.copyOfRange(signature, band * ROWS, (band + 1) * ROWS));
    }
    return keys;
  }

  /** The finaliser of SplitMix64: one hash function for every state. */
  private static int mix(long state) {
    long z = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return (int) (z ^ z >>> 31);
  }

  private static List<Set<Integer>> shingles(List<String> texts) {
    return texts.stream().map(NearDuplicates::shingles).toList();
  }

  private static Set<Integer> shingles(String text) {
    String normal = Words.normalized(text);
    Set<Integer> shingles = new HashSet<>();
    for (int i = 0; i + SHINGLE <= normal.length(); i++) {
      shingles.add(normal.substring(i, i + SHINGLE).hashCode());
    }
    if (shingles.isEmpty() && !normal.isEmpty()) {
      shingles.add(normal.hashCode());
    }
    return shingles;
  }

  private static double jaccard(Set<Integer> a, Set<Integer> b) {
    Set<Integer> smaller = a.size() < b.size() ? a : b;
    Set<Integer> larger = smaller == a ? b : a;
    int shared = 0;
    for (int item : smaller) {
      shared += larger.contains(item) ? 1 : 0;
    }
    int all = a.size() + b.size() - shared;
    return all == 0 ? 0 : (double) shared / all;
  }
}
