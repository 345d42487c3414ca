package dev.embedlab.tokenize.model;

/** Receives the pieces of a word in order. */
@FunctionalInterface
public interface PieceSink {

  /**
   * Takes one piece.
   *
   * @param id its number in the vocabulary
   * @param from where it begins in the characters the word was taken from
   * @param to where it ends (exclusive)
   */
  void piece(int id, int from, int to);
}
