package dev.embedlab.metrics;

import java.util.Map;
import java.util.TreeMap;

/**
 * Precision, recall and F1 over several labels: {@code F1 = 2PR / (P + R)} of each label, averaged
 * over the labels that occur on either side.
 *
 * <p>Variant: as scikit-learn's {@code precision_recall_fscore_support} with {@code
 * zero_division=0}. Source: van Rijsbergen, "Information Retrieval", 1979.
 *
 * @param part which of the three
 * @param average how labels are weighted
 */
public record F1(Part part, Average average) implements LabelMetric {

  /** What is averaged over the labels. */
  public enum Part {
    PRECISION,
    RECALL,
    F1
  }

  /** Weights of the labels. */
  public enum Average {
    /** Every label counts the same. */
    MACRO,
    /** A label counts as often as it is true. */
    WEIGHTED
  }

  /** Macro F1. */
  public static F1 macro() {
    return new F1(Part.F1, Average.MACRO);
  }

  /** F1 weighted by how often a label is true. */
  public static F1 weighted() {
    return new F1(Part.F1, Average.WEIGHTED);
  }

  @Override
  public String name() {
    String name = part.name().toLowerCase(java.util.Locale.ROOT);
    return average == Average.MACRO ? name : name + "_weighted";
  }

  @Override
  public double score(int[] truth, int[] predicted) {
    LabelMetric.check(truth, predicted);
    Map<Integer, Counts> counts = new TreeMap<>();
    for (int i = 0; i < truth.length; i++) {
      counts.computeIfAbsent(truth[i], label -> new Counts()).truth++;
      counts.computeIfAbsent(predicted[i], label -> new Counts()).predicted++;
      counts.get(truth[i]).right += truth[i] == predicted[i] ? 1 : 0;
    }
    double sum = 0;
    for (Counts c : counts.values()) {
      sum += c.value(part) * (average == Average.MACRO ? 1 : c.truth);
    }
    return sum / (average == Average.MACRO ? counts.size() : truth.length);
  }

  private static final class Counts {
    int truth;
    int predicted;
    int right;

    double value(Part part) {
      double precision = predicted == 0 ? 0 : (double) right / predicted;
      double recall = truth == 0 ? 0 : (double) right / truth;
      return switch (part) {
        case PRECISION -> precision;
        case RECALL -> recall;
        case F1 -> 2.0 * right / (truth + predicted);
      };
    }
  }
}
