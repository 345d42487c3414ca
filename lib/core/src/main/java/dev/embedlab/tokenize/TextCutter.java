package dev.embedlab.tokenize;

/**
 * Cuts a text into pieces, in place of the normalizer, pre-tokenizer and model of a {@link
 * TokenizerPipeline}. Safe for several threads.
 */
@FunctionalInterface
public interface TextCutter {

  /**
   * Cuts a text.
   *
   * @param text as it was given
   * @param sink receives the pieces in order, special tokens not among them
   */
  void cut(String text, Sink sink);

  /** Receives pieces. */
  @FunctionalInterface
  interface Sink {

    /**
     * Takes one piece.
     *
     * @param id its number in the vocabulary
     * @param start where it begins in the text, in UTF-16 units
     * @param end where it ends (exclusive)
     * @param word the word it belongs to, 0 or more
     */
    void piece(int id, int start, int end, int word);
  }
}
