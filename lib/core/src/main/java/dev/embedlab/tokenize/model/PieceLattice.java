package dev.embedlab.tokenize.model;

import java.util.Arrays;
import java.util.List;

/**
 * All ways to cover words with scored pieces: the sums and the maxima over them that Unigram
 * training needs. Not for several threads; a second lattice over the same pieces is cheap ({@link
 * #another()}).
 *
 * <p>Piece 0 stands for an unknown character. Positions count UTF-16 units.
 */
public final class PieceLattice {

  private static final double NEGLIGIBLE = 50;

  private final PieceTrie trie;
  private final double[] scores;
  private final double unknownScore;

  // The pieces found in the current word, by where they begin; firstAt[p] is the first that begins
  // at p.
  private int[] ids = new int[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int nodes;
  private double[] forward = new double[0];
  private double[] backward = new double[0];
  private int[] best = new int[0];
  private int length;

  /**
   * @param pieces the first stands for unknown characters and is not looked for
   * @param scores natural logarithms of probabilities, one a piece; the first is not read
   */
  public PieceLattice(List<String> pieces, double[] scores) {
    this(
        new PieceTrie(pieces),
        scores,
        Arrays.stream(scores).skip(1).min().orElse(0) - Unigram.UNKNOWN_PENALTY);
  }

  private PieceLattice(PieceTrie trie, double[] scores, double unknownScore) {
    this.trie = trie;
    this.scores = scores;
    this.unknownScore = unknownScore;
  }

  /** A lattice over the same pieces for another thread. */
  public PieceLattice another() {
    return new PieceLattice(trie, scores, unknownScore);
  }

  /** Finds the pieces in a word; the other methods then speak of this word. */
  public void set(char[] word) {
    length = word.length;
    nodes = 0;
    if (forward.length <= length) {
      forward = new double[length * 2 + 1];
      backward = new double[length * 2 + 1];
      best = new int[length * 2 + 1];
    }
    for (int at = 0; at < length; ) {
      at += addPieces(word, at);
    }
  }

  private int addPieces(char[] word, int at) {
    int single = Character.charCount(Character.codePointAt(word, at));
    boolean hasSingle = false;
    int node = PieceTrie.ROOT;
    for (int end = at; end < length; ) {
      node = trie.child(node, word[end++]);
      if (node == PieceTrie.NONE) {
        break;
      }
      int id = trie.piece(node);
      if (id > 0) {
        add(id, at, end);
        hasSingle |= end - at == single;
      }
    }
    if (!hasSingle) {
      add(0, at, at + single);
    }
    return single;
  }

  private void add(int id, int start, int end) {
    if (nodes == ids.length) {
      ids = Arrays.copyOf(ids, nodes * 2);
      starts = Arrays.copyOf(starts, nodes * 2);
      ends = Arrays.copyOf(ends, nodes * 2);
    }
    ids[nodes] = id;
    starts[nodes] = start;
    ends[nodes++] = end;
  }

  private double score(int node) {
    return ids[node] == 0 ? unknownScore : scores[ids[node]];
  }

  /**
   * Adds how often each piece is expected in {@code count} occurrences of the word
   * (forward-backward algorithm).
   *
   * @param expected by piece; changed
   */
  public void addExpected(double count, double[] expected) {
    Arrays.fill(forward, 0, length + 1, Double.NaN);
    Arrays.fill(backward, 0, length + 1, Double.NaN);
    forward[0] = 0;
    for (int i = 0; i < nodes; i++) {
      forward[ends[i]] = logSum(forward[ends[i]], score(i) + forward[starts[i]]);
    }
    backward[length] = 0;
    sumBackward();
    double total = forward[length];
    for (int i = 0; i < nodes; i++) {
      double share = forward[starts[i]] + score(i) + backward[ends[i]] - total;
      expected[ids[i]] += count * Math.exp(share);
    }
  }

  /** The later begin first, but pieces of one beginning from short to long. */
  private void sumBackward() {
    for (int last = nodes - 1; last >= 0; ) {
      int first = last;
      while (first > 0 && starts[first - 1] == starts[last]) {
        first--;
      }
      double sum = Double.NaN;
      for (int i = first; i <= last; i++) {
        sum = logSum(sum, score(i) + backward[ends[i]]);
      }
      backward[starts[last]] = sum;
      last = first - 1;
    }
  }

  /** {@code log(exp(x) + exp(y))}, or {@code y} where nothing has been summed yet. */
  private static double logSum(double x, double y) {
    if (Double.isNaN(x)) {
      return y;
    }
    double least = Math.min(x, y);
    double most = Math.max(x, y);
    return most > least + NEGLIGIBLE ? most : most + Math.log(Math.exp(least - most) + 1);
  }

  /**
   * The pieces of the best path (Viterbi), last first.
   *
   * @param withoutWhole whether the piece that is the whole word is left out of account
   */
  public int[] bestBackwards(boolean withoutWhole) {
    Arrays.fill(best, 0, length + 1, -1);
    forward[0] = 0;
    for (int i = 0; i < nodes; i++) {
      boolean whole = starts[i] == 0 && ends[i] == length;
      boolean reached = starts[i] == 0 || best[starts[i]] >= 0;
      if (reached && !(whole && withoutWhole)) {
        double score = forward[starts[i]] + score(i);
        if (best[ends[i]] < 0 || score > forward[ends[i]]) {
          best[ends[i]] = i;
          forward[ends[i]] = score;
        }
      }
    }
    return best[length] < 0 ? new int[0] : path();
  }

  private int[] path() {
    int size = 0;
    for (int end = length; end > 0; end = starts[best[end]]) {
      size++;
    }
    int[] path = new int[size];
    int i = 0;
    for (int end = length; end > 0; end = starts[best[end]]) {
      path[i++] = ids[best[end]];
    }
    return path;
  }
}
