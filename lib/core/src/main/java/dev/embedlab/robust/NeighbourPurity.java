package dev.embedlab.robust;

import dev.embedlab.data.LabelledText;
import dev.embedlab.encode.Encoder;
import dev.embedlab.statistics.Bootstrap;
import dev.embedlab.statistics.Interval;
import dev.embedlab.vector.ExactIndex;
import java.util.List;

/**
 * Local consistency: the share of a text's nearest neighbours that have its label, mean over texts.
 */
public final class NeighbourPurity {

  private NeighbourPurity() {}

  /**
   * @param texts with one label each, more than k
   * @param k neighbours looked at, for example 10
   */
  public static Interval of(Encoder encoder, List<LabelledText> texts, int k) {
    if (texts.size() <= k) {
      throw new IllegalArgumentException(
          "%d neighbours need more texts than %d.".formatted(k, texts.size()));
    }
    float[][] vectors = encoder.encode(texts.stream().map(LabelledText::text).toList());
    double[] purity = new double[texts.size()];
    try (ExactIndex index = ExactIndex.of(vectors, encoder.similarity())) {
      int[][] neighbours = index.search(vectors, k + 1).positions();
      for (int i = 0; i < purity.length; i++) {
        purity[i] = purity(texts, neighbours[i], i, k);
      }
    }
    return Bootstrap.standard().mean(purity);
  }

  private static double purity(List<LabelledText> texts, int[] neighbours, int self, int k) {
    int same = 0;
    int counted = 0;
    for (int neighbour : neighbours) {
      if (neighbour != self && counted++ < k) {
        same += texts.get(neighbour).label().equals(texts.get(self).label()) ? 1 : 0;
      }
    }
    return (double) same / k;
  }
}
