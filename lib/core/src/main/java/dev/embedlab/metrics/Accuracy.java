package dev.embedlab.metrics;

/** Accuracy: the share of predictions that are right. */
public record Accuracy() implements LabelMetric {

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public double score(int[] truth, int[] predicted) {
    LabelMetric.check(truth, predicted);
    int right = 0;
    for (int i = 0; i < truth.length; i++) {
      right += truth[i] == predicted[i] ? 1 : 0;
    }
    return (double) right / truth.length;
  }
}
