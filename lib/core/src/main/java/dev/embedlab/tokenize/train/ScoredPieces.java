package dev.embedlab.tokenize.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pieces with a score each; grows by adding. */
final class ScoredPieces {

  private final List<String> pieces = new ArrayList<>();
  private double[] scores = new double[64];

  void add(String piece, double score) {
    if (pieces.size() == scores.length) {
      scores = Arrays.copyOf(scores, scores.length * 2);
    }
    scores[pieces.size()] = score;
    pieces.add(piece);
  }

  int size() {
    return pieces.size();
  }

  String piece(int i) {
    return pieces.get(i);
  }

  double score(int i) {
    return scores[i];
  }

  List<String> pieces() {
    return pieces;
  }

  double[] scores() {
    return Arrays.copyOf(scores, pieces.size());
  }
}
