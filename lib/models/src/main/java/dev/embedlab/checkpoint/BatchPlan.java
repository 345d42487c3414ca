package dev.embedlab.checkpoint;

import dev.embedlab.input.TokenizedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts texts into batches of similar length, so that little is padded, each of at most so many
 * tokens, padding counted. Longest first: if memory runs out, it does so at once.
 */
final class BatchPlan {

  /** A thread multiplies at full speed, and what lies between two layers fits its cache. */
  private static final int FULL_BATCH = 512;

  private static final int SMALL_BATCH = 256;
  private static final int MAX_TEXTS = 256;

  /** So that no thread is left alone with a long last batch. */
  private static final int BATCHES_OF_A_THREAD = 4;

  private BatchPlan() {}

  /**
   * Batches of at most 512 tokens, smaller ones where there would not be enough for all threads.
   */
  static List<int[]> of(List<TokenizedText> texts, int threads) {
    long tokens = texts.stream().mapToLong(TokenizedText::length).sum();
    long share = tokens / ((long) threads * BATCHES_OF_A_THREAD);
    return of(texts, Math.clamp(share, SMALL_BATCH, FULL_BATCH), MAX_TEXTS);
  }

  /**
   * @param tokenBudget largest number of tokens in a batch of more than one text
   * @param maxTexts largest number of texts in a batch
   * @return positions in {@code texts}, batch by batch
   */
  static List<int[]> of(List<TokenizedText> texts, int tokenBudget, int maxTexts) {
    int[] order =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> texts.get(i).length()).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    List<int[]> batches = new ArrayList<>();
    int start = 0;
    while (start < order.length) {
      int longest = Math.max(1, texts.get(order[start]).length());
      int size = Math.clamp(tokenBudget / longest, 1, maxTexts);
      int end = Math.min(order.length, start + size);
      batches.add(java.util.Arrays.copyOfRange(order, start, end));
      start = end;
    }
    return batches;
  }
}
