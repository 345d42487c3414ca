package dev.embedlab.tokenize.train;

import dev.embedlab.tokenize.model.PieceLattice;
import dev.embedlab.tokenize.model.Unigram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** One run of Unigram training. */
final class UnigramTraining {

  /** Stands for unknown characters while training, whatever the finished model calls it. */
  private static final String UNKNOWN = "<UNK>";

  private static final double LEAST_EXPECTED = 0.5;
  private static final double MISSING_CHARACTER_STEP = 0.0001;

  // Fixed, not the number of cores: sums over parts must not depend on the machine.
  private static final int PARTS = 4;

  private final UnigramTrainer options;
  private final WordCounts words;
  private final int[] order;
  private final int desiredSize;

  UnigramTraining(UnigramTrainer options, WordCounts words) {
    this.options = options;
    this.words = words;
    this.order = words.sortedOrder();
    this.desiredSize = options.vocabularySize() * 11 / 10;
  }

  Unigram run() {
    Set<Integer> required = requiredCharacters();
    ScoredPieces pieces = new ScoredPieces();
    pieces.add(UNKNOWN, Double.NaN);
    new SeedPieces(words, order, options.maxPieceLength()).addTo(pieces, words, options.seedSize());
    while (true) {
      for (int i = 0; i < options.subIterations(); i++) {
        pieces = maximize(pieces, expect(pieces));
      }
      if (pieces.size() <= desiredSize) {
        return finish(pieces, required);
      }
      pieces = new UnigramPruning(pieces, words, order).prune(survivors(pieces.size()));
    }
  }

  private int survivors(int size) {
    return Math.max(desiredSize, (int) (size * options.shrinkingFactor()));
  }

  private Set<Integer> requiredCharacters() {
    Set<Integer> required = new TreeSet<>(options.initialAlphabet());
    for (int i = 0; i < words.size(); i++) {
      words.word(i).codePoints().forEach(required::add);
    }
    if (required.size() > options.vocabularySize()) {
      throw new IllegalArgumentException(
          "The text has %d different characters, the vocabulary only %d pieces; raise the vocabulary size."
              .formatted(required.size(), options.vocabularySize()));
    }
    return required;
  }

  /** How often each piece is expected in the text, given the scores. */
  private double[] expect(ScoredPieces pieces) {
    PieceLattice lattice = new PieceLattice(pieces.pieces(), pieces.scores());
    List<double[]> parts =
        IntStream.range(0, PARTS)
            .parallel()
            .mapToObj(part -> expectPart(lattice.another(), pieces.size(), part))
            .toList();
    double[] expected = parts.getFirst();
    for (double[] part : parts.subList(1, PARTS)) {
      for (int i = 0; i < expected.length; i++) {
        expected[i] += part[i];
      }
    }
    return expected;
  }

  private double[] expectPart(PieceLattice lattice, int size, int part) {
    double[] expected = new double[size];
    int from = (int) ((long) order.length * part / PARTS);
    int to = (int) ((long) order.length * (part + 1) / PARTS);
    for (int i = from; i < to; i++) {
      lattice.set(words.chars(order[i]));
      lattice.addExpected(words.count(order[i]), expected);
    }
    return expected;
  }

  /** New scores; the digamma function in place of the logarithm acts as a sparse prior. */
  private static ScoredPieces maximize(ScoredPieces pieces, double[] expected) {
    double sum = 0;
    for (int i = 1; i < expected.length; i++) {
      if (expected[i] >= LEAST_EXPECTED) {
        sum += expected[i];
      }
    }
    double logSum = digamma(sum);
    ScoredPieces kept = new ScoredPieces();
    kept.add(UNKNOWN, Double.NaN);
    for (int i = 1; i < expected.length; i++) {
      if (expected[i] >= LEAST_EXPECTED) {
        kept.add(pieces.piece(i), digamma(expected[i]) - logSum);
      }
    }
    return kept;
  }

  /** The derivative of the logarithm of the gamma function, by recurrence and asymptotic series. */
  static double digamma(double argument) {
    double x = argument;
    double result = 0;
    for (; x < 7; x++) {
      result -= 1 / x;
    }
    x -= 0.5;
    double a = 1 / x;
    double b = a * a;
    double c = b * b;
    return result
        + Math.log(x)
        + 1.0 / 24 * b
        - 7.0 / 960 * c
        + 31.0 / 8064 * c * b
        - 127.0 / 30720 * c * c;
  }

  /**
   * All characters, then the first pieces up to the size, by falling score; special tokens in
   * front.
   */
  private Unigram finish(ScoredPieces pieces, Set<Integer> required) {
    List<String> front = new ArrayList<>(options.specialTokens());
    int unknown = options.unknownPiece().map(front::indexOf).orElse(-1);
    if (unknown < 0 && options.unknownPiece().isPresent()) {
      front.addFirst(options.unknownPiece().get());
      unknown = 0;
    }
    Map<String, Double> chosen = choose(pieces, required, options.vocabularySize() - front.size());
    List<String> names = new ArrayList<>(chosen.keySet());
    names.sort(Comparator.comparingDouble((String piece) -> -chosen.get(piece)));
    names.addAll(0, front);
    double[] scores = new double[names.size()];
    for (int i = front.size(); i < scores.length; i++) {
      scores[i] = chosen.get(names.get(i));
    }
    OptionalInt unknownId = unknown < 0 ? OptionalInt.empty() : OptionalInt.of(unknown);
    return new Unigram(names, scores, unknownId, false);
  }

  private static Map<String, Double> choose(ScoredPieces pieces, Set<Integer> required, int size) {
    Map<String, Double> scores = new HashMap<>();
    double least = 0;
    for (int i = 1; i < pieces.size(); i++) {
      scores.put(pieces.piece(i), pieces.score(i));
      least = Math.min(least, pieces.score(i));
    }
    Map<String, Double> chosen = new java.util.LinkedHashMap<>();
    double penalty = 0;
    for (int c : required) {
      String piece = Character.toString(c);
      Double score = scores.get(piece);
      chosen.put(piece, score != null ? score : least + penalty);
      penalty += score != null ? 0 : MISSING_CHARACTER_STEP;
    }
    Set<String> taken = new HashSet<>(chosen.keySet());
    for (int i = 1; i < pieces.size(); i++) {
      if (taken.add(pieces.piece(i))) {
        chosen.put(pieces.piece(i), pieces.score(i));
        // Asked after adding, and for equality, as the reference does: where the characters alone
        // fill the vocabulary, all pieces stay.
        if (chosen.size() == size) {
          break;
        }
      }
    }
    return chosen;
  }
}
