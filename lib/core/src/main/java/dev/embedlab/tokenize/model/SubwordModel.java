package dev.embedlab.tokenize.model;

/**
 * A vocabulary and the rule that splits a word into its pieces. Immutable and safe for several
 * threads.
 */
public sealed interface SubwordModel permits WordPiece, Bpe, Unigram, WordLevel {

  /** The pieces by number. */
  Vocabulary vocabulary();

  /**
   * Splits the word {@code chars[from, to)}.
   *
   * @param chars not changed
   * @param from where the word begins
   * @param to where it ends (exclusive), greater than {@code from}
   * @param sink receives the pieces
   */
  void split(char[] chars, int from, int to, PieceSink sink);

  /**
   * Number of the piece that stands for what the vocabulary cannot express, or -1 where there is
   * none.
   */
  int unknownId();
}
