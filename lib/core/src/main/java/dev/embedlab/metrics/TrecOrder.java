package dev.embedlab.metrics;

import dev.embedlab.data.Ranking;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order in which trec_eval reads a ranking, whatever order the system returned: by score, held
 * as a 32-bit float, highest first; ties by document id in descending order of its UTF-8 bytes.
 *
 * <p>Source: trec_eval 9, {@code form_res_rels.c}, {@code comp_sim_docno}.
 */
public final class TrecOrder {

  private TrecOrder() {}

  /** Compares ids by their UTF-8 bytes, which is code point order and not Java's UTF-16 order. */
  public static final Comparator<String> BYTES = TrecOrder::compareBytes;

  /**
   * Ids of the ranking in trec_eval's order.
   *
   * @throws IllegalArgumentException if a score is NaN
   */
  public static String[] ids(Ranking ranking) {
    int[] positions = positions(ranking);
    String[] ids = new String[positions.length];
    Arrays.setAll(ids, rank -> ranking.documentId(positions[rank]));
    return ids;
  }

  /** Positions in the ranking, in trec_eval's order. */
  static int[] positions(Ranking ranking) {
    int[] positions = new int[ranking.size()];
    boolean sorted = true;
    for (int i = 0; i < positions.length; i++) {
      positions[i] = i;
      if (Float.isNaN(ranking.score(i))) {
        throw new IllegalArgumentException(
            "Document '%s' at rank %d has the score NaN, which cannot be ordered."
                .formatted(ranking.documentId(i), i + 1));
      }
      sorted = sorted && (i == 0 || !swapped(ranking, i));
    }
    if (!sorted) {
      sort(ranking, positions);
    }
    return positions;
  }

  private static boolean swapped(Ranking ranking, int i) {
    float before = ranking.score(i - 1);
    float here = ranking.score(i);
    return before < here
        || (before == here && compareBytes(ranking.documentId(i - 1), ranking.documentId(i)) < 0);
  }

  /** Sorts by score in the upper half of longs, then each run of equal scores by id. */
  private static void sort(Ranking ranking, int[] positions) {
    int n = positions.length;
    long[] keys = new long[n];
    for (int i = 0; i < n; i++) {
      keys[i] = ((long) descending(ranking.score(i)) << 32) | i;
    }
    Arrays.sort(keys);
    int start = 0;
    for (int i = 0; i < n; i++) {
      positions[i] = (int) keys[i];
      if (keys[i] >> 32 != keys[start] >> 32) {
        sortRun(ranking, positions, start, i);
        start = i;
      }
    }
    sortRun(ranking, positions, start, n);
  }

  private static void sortRun(Ranking ranking, int[] positions, int from, int to) {
    if (to - from > 1) {
      int[] run =
          Arrays.stream(positions, from, to)
              .boxed()
              .sorted(Comparator.comparing(ranking::documentId, BYTES.reversed()))
              .mapToInt(Integer::intValue)
              .toArray();
      System.arraycopy(run, 0, positions, from, run.length);
    }
  }

  /** An int that is the smaller the larger the score. */
  private static int descending(float score) {
    // Adding zero turns -0 into 0: C compares them as equal.
    int bits = Float.floatToIntBits(score + 0f);
    return ~(bits ^ ((bits >> 31) & Integer.MAX_VALUE));
  }

  private static int compareBytes(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Integer.compare(utf8Rank(x), utf8Rank(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Moves surrogates, which stand for code points past U+FFFF, behind all other characters. */
  private static int utf8Rank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
