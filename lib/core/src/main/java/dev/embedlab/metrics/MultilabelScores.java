package dev.embedlab.metrics;

/**
 * Scores of predictions that give a text several labels.
 *
 * <p>Variants: as scikit-learn's {@code accuracy_score}, {@code f1_score(average="macro")} and
 * {@code label_ranking_average_precision_score} on indicator matrices; hamming is the share of
 * right cells, as MTEB.
 *
 * @param accuracy share of texts whose labels are all right
 * @param f1 macro over labels
 * @param lrap label ranking average precision
 * @param hamming share of cells that are right
 */
public record MultilabelScores(double accuracy, double f1, double lrap, double hamming) {

  /**
   * @param truth {@code [texts][labels]}
   * @param predicted {@code [texts][labels]}
   */
  public static MultilabelScores of(boolean[][] truth, boolean[][] predicted) {
    if (truth.length != predicted.length || truth.length == 0) {
      throw new IllegalArgumentException(
          "True and predicted rows must be equally many and at least one, but there are %d and %d."
              .formatted(truth.length, predicted.length));
    }
    int labels = truth[0].length;
    int rowsRight = 0;
    long cellsRight = 0;
    double lrap = 0;
    for (int i = 0; i < truth.length; i++) {
      int right = rightCells(truth[i], predicted[i]);
      rowsRight += right == labels ? 1 : 0;
      cellsRight += right;
      lrap += rankingPrecision(truth[i], predicted[i]);
    }
    double n = truth.length;
    return new MultilabelScores(
        rowsRight / n, macroF1(truth, predicted, labels), lrap / n, cellsRight / (n * labels));
  }

  private static int rightCells(boolean[] truth, boolean[] predicted) {
    int right = 0;
    for (int j = 0; j < truth.length; j++) {
      right += truth[j] == predicted[j] ? 1 : 0;
    }
    return right;
  }

  private static double macroF1(boolean[][] truth, boolean[][] predicted, int labels) {
    double sum = 0;
    for (int j = 0; j < labels; j++) {
      int both = 0;
      int either = 0;
      for (int i = 0; i < truth.length; i++) {
        both += truth[i][j] && predicted[i][j] ? 1 : 0;
        either += (truth[i][j] ? 1 : 0) + (predicted[i][j] ? 1 : 0);
      }
      sum += either == 0 ? 0 : 2.0 * both / either;
    }
    return sum / labels;
  }

  /** Scores are 0 or 1, so that a label's rank is the number of labels scored as high or higher. */
  private static double rankingPrecision(boolean[] truth, boolean[] predicted) {
    int relevant = 0;
    int high = 0;
    int highRelevant = 0;
    for (int j = 0; j < truth.length; j++) {
      relevant += truth[j] ? 1 : 0;
      high += predicted[j] ? 1 : 0;
      highRelevant += truth[j] && predicted[j] ? 1 : 0;
    }
    if (relevant == 0 || relevant == truth.length) {
      return 1;
    }
    double ofHigh = highRelevant == 0 ? 0 : highRelevant * ((double) highRelevant / high);
    double ofLow = (relevant - highRelevant) * ((double) relevant / truth.length);
    return (ofHigh + ofLow) / relevant;
  }
}
