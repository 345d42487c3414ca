package dev.embedlab.tokenize.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Splits a word into the pieces whose log probabilities have the greatest sum (Viterbi).
 *
 * <p>Source: Kudo, <i>Subword Regularization</i>, 2018; SentencePiece. Neighbouring unknown
 * characters become one piece.
 */
public final class Unigram implements SubwordModel {

  /**
   * How much less likely than the least likely piece an unknown character is, in natural logarithm.
   */
  static final double UNKNOWN_PENALTY = 10;

  private final Vocabulary vocabulary;
  private final double[] scores;
  private final int unknownId;
  private final boolean byteFallback;
  private final double unknownScore;
  private final PieceTrie trie;
  private final ByteFallback bytes;
  private final WordCache cache = new WordCache();

  /**
   * @param pieces in the order of their numbers, none twice
   * @param scores natural logarithms of probabilities, one a piece
   * @param unknownId the piece for unknown characters
   * @param byteFallback whether unknown characters become the pieces {@code <0x00>} to {@code
   *     <0xFF>}
   * @throws IllegalArgumentException if the lengths differ, a piece is repeated or the unknown
   *     piece does not exist
   */
  public Unigram(
      List<String> pieces, double[] scores, OptionalInt unknownId, boolean byteFallback) {
    if (pieces.size() != scores.length) {
      throw new IllegalArgumentException(
          "%d pieces have %d scores; every piece needs one."
              .formatted(pieces.size(), scores.length));
    }
    this.vocabulary = Vocabulary.of(pieces);
    this.scores = scores.clone();
    this.unknownId = unknownId.orElse(-1);
    if (this.unknownId >= scores.length) {
      throw new IllegalArgumentException(
          "The unknown piece is number %d of %d.".formatted(this.unknownId, scores.length));
    }
    this.byteFallback = byteFallback;
    this.unknownScore = Arrays.stream(scores).min().orElse(0) - UNKNOWN_PENALTY;
    this.trie = new PieceTrie(pieces);
    this.bytes = new ByteFallback(vocabulary);
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Natural logarithms of probabilities, by piece number. */
  public double[] scores() {
    return scores.clone();
  }

  public boolean byteFallback() {
    return byteFallback;
  }

  @Override
  public int unknownId() {
    return unknownId;
  }

  @Override
  public void split(char[] chars, int from, int to, PieceSink sink) {
    cache.split(chars, from, to, sink, this::splitUncached);
  }

  private void splitUncached(char[] chars, int from, int to, PieceSink sink) {
    BestPath path = new BestPath(to - from);
    for (int i = from; i < to; ) {
      i += extend(path, chars, from, to, i);
    }
    emit(path, chars, from, sink);
  }

  /** Tries every piece that begins at {@code at}; returns the length of the character there. */
  private int extend(BestPath path, char[] chars, int from, int to, int at) {
    double soFar = path.scores[at - from];
    int single = Character.charCount(Character.codePointAt(chars, at, to));
    boolean hasSingle = false;
    int node = PieceTrie.ROOT;
    for (int end = at; end < to; ) {
      node = trie.child(node, chars[end++]);
      if (node == PieceTrie.NONE) {
        break;
      }
      int id = trie.piece(node);
      if (id != PieceTrie.NONE) {
        path.offer(at - from, end - from, id, soFar + scores[id]);
        hasSingle |= end - at == single;
      }
    }
    if (!hasSingle) {
      path.offer(at - from, at + single - from, unknownId, soFar + unknownScore);
    }
    return single;
  }

  private void emit(BestPath path, char[] chars, int from, PieceSink sink) {
    List<int[]> pieces = path.backwards(unknownId);
    for (int i = pieces.size() - 1; i >= 0; i--) {
      int[] piece = pieces.get(i);
      int start = from + piece[1];
      int end = from + piece[2];
      int[] spelled =
          byteFallback && piece[0] == unknownId ? bytes.ids(chars, start, end) : new int[0];
      for (int id : spelled) {
        sink.piece(id, start, end);
      }
      if (spelled.length == 0) {
        if (piece[0] < 0) {
          throw new IllegalArgumentException(
              "'%s' is not in the vocabulary, which has no unknown piece; name one when building the model."
                  .formatted(new String(chars, start, end - start)));
        }
        sink.piece(piece[0], start, end);
      }
    }
  }

  /** The best way to each position of a word. */
  private static final class BestPath {

    private final double[] scores;
    private final int[] starts;
    private final int[] ids;

    BestPath(int length) {
      scores = new double[length + 1];
      starts = new int[length + 1];
      ids = new int[length + 1];
      Arrays.fill(starts, -1);
    }

    void offer(int from, int to, int id, double score) {
      if (starts[to] < 0 || score > scores[to]) {
        starts[to] = from;
        ids[to] = id;
        scores[to] = score;
      }
    }

    /** {@code {id, from, to}} from the last piece to the first, unknown neighbours joined. */
    List<int[]> backwards(int unknownId) {
      List<int[]> pieces = new ArrayList<>();
      for (int end = starts.length - 1; end > 0; end = starts[end]) {
        int id = ids[end];
        int[] later = pieces.isEmpty() ? null : pieces.getLast();
        if (later != null && id == unknownId && later[0] == unknownId) {
          later[1] = starts[end];
        } else {
          pieces.add(new int[] {id, starts[end], end});
        }
      }
      return pieces;
    }
  }
}
