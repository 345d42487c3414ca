package dev.embedlab.input;

/**
 * One text, or a pair of texts, as the encoder sees it.
 *
 * @param ids token ids, special tokens included, {@code [tokens]}
 * @param typeIds segment of each token, {@code [tokens]}
 * @param cutTokens number of tokens that did not fit
 */
public record TokenizedText(long[] ids, long[] typeIds, int cutTokens) {

  /** Number of tokens, special tokens included. */
  public int length() {
    return ids.length;
  }
}
