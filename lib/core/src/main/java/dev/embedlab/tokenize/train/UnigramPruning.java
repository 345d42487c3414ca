package dev.embedlab.tokenize.train;

import dev.embedlab.tokenize.model.PieceLattice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Drops the pieces without which the text is hardly less likely. What a piece is worth is estimated
 * by replacing it, wherever the best segmentation uses it, by the next best way to write it.
 */
final class UnigramPruning {

  private final ScoredPieces pieces;
  private final PieceLattice lattice;
  private final boolean[] alwaysKept;
  private final int[][] alternatives;
  private final double[] frequencies;
  private double words;

  private record Candidate(int piece, double loss) {}

  UnigramPruning(ScoredPieces pieces, WordCounts counts, int[] order) {
    this.pieces = pieces;
    this.lattice = new PieceLattice(pieces.pieces(), pieces.scores());
    this.alwaysKept = new boolean[pieces.size()];
    this.alternatives = new int[pieces.size()][0];
    this.frequencies = new double[pieces.size()];
    for (int piece = 1; piece < pieces.size(); piece++) {
      findAlternative(piece);
    }
    for (int word : order) {
      lattice.set(counts.chars(word));
      words += counts.count(word);
      for (int piece : lattice.bestBackwards(false)) {
        frequencies[piece] += counts.count(word);
      }
    }
  }

  private void findAlternative(int piece) {
    lattice.set(pieces.piece(piece).toCharArray());
    boolean isItsOwnBest = lattice.bestBackwards(false).length == 1;
    int[] alternative = lattice.bestBackwards(true);
    alwaysKept[piece] = isItsOwnBest || alternative.length == 0;
    if (isItsOwnBest) {
      alternatives[piece] = alternative;
    }
  }

  /** The pieces left, at most {@code size} unless more cannot be replaced. */
  ScoredPieces prune(int size) {
    double sum = 0;
    for (double frequency : frequencies) {
      sum += frequency;
    }
    ScoredPieces kept = new ScoredPieces();
    kept.add(pieces.piece(0), pieces.score(0));
    List<Candidate> candidates = new ArrayList<>();
    for (int piece = 1; piece < pieces.size(); piece++) {
      boolean used = frequencies[piece] > 0;
      if (alternatives[piece].length == 0) {
        if (used || alwaysKept[piece]) {
          kept.add(pieces.piece(piece), pieces.score(piece));
        }
      } else if (used) {
        candidates.add(new Candidate(piece, loss(piece, sum)));
      }
    }
    candidates.sort(Comparator.comparingDouble((Candidate c) -> -c.loss));
    for (Candidate candidate : candidates) {
      if (kept.size() == size) {
        break;
      }
      kept.add(pieces.piece(candidate.piece), pieces.score(candidate.piece));
    }
    return kept;
  }

  /** By how much the log likelihood of a word falls on average without a piece. */
  private double loss(int piece, double sum) {
    double frequency = frequencies[piece];
    double logProbability = Math.log(frequency) - Math.log(sum);
    // The sum should grow by the number of its alternatives less one, as in SentencePiece. The
    // reference adds the number of all pieces less one, which lets long-tailed pieces live longer.
    double newLogSum = Math.log(sum + frequency * (pieces.size() - 1));
    double alternative = 0;
    for (int i = alternatives[piece].length - 1; i >= 0; i--) {
      alternative += Math.log(frequencies[alternatives[piece][i]] + frequency) - newLogSum;
    }
    return frequency / words * (logProbability - alternative);
  }
}
