package dev.embedlab.input;

import java.util.Arrays;
import java.util.List;

/**
 * Texts of similar length, padded on the right to the longest. Padding on the left, which some
 * checkpoints ask for, gives the same vectors: padding is masked, rotary positions are relative.
 *
 * @param size number of texts
 * @param tokens padded length, at least 1
 * @param ids {@code [size * tokens]}, row by row
 * @param typeIds {@code [size * tokens]}
 * @param lengths number of real tokens of each text
 * @param promptTokens how many leading tokens belong to the prompt and are left out by pooling
 */
public record TokenBatch(
    int size, int tokens, long[] ids, long[] typeIds, int[] lengths, int promptTokens) {

  /**
   * @param paddingId fills short rows
   */
  public static TokenBatch of(List<TokenizedText> texts, long paddingId, int promptTokens) {
    int size = texts.size();
    int[] lengths = texts.stream().mapToInt(TokenizedText::length).toArray();
    int tokens = Math.max(1, Arrays.stream(lengths).max().orElse(1));
    long[] ids = new long[Math.multiplyExact(size, tokens)];
    long[] types = new long[ids.length];
    Arrays.fill(ids, paddingId);
    for (int i = 0; i < size; i++) {
      System.arraycopy(texts.get(i).ids(), 0, ids, i * tokens, lengths[i]);
      System.arraycopy(texts.get(i).typeIds(), 0, types, i * tokens, lengths[i]);
    }
    return new TokenBatch(size, tokens, ids, types, lengths, promptTokens);
  }

  /** Whether any row is padded. */
  public boolean isPadded() {
    return Arrays.stream(lengths).anyMatch(length -> length < tokens);
  }
}
