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

  private BatchPlan() {}

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
