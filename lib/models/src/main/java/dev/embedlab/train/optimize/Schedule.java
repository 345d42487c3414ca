package dev.embedlab.train.optimize;

/** The learning rate over time, as a factor between 0 and 1 on the highest one. */
@FunctionalInterface
public interface Schedule {

  /**
   * @param step 0 for the first
   * @param totalSteps of the whole training
   */
  double factor(long step, long totalSteps);

  /** Always 1. */
  static Schedule constant() {
    return (step, total) -> 1;
  }

  /**
   * Rises linearly to 1, then falls linearly to 0.
   *
   * @param warmup share of the steps spent rising, 0 to 1
   */
  static Schedule linear(double warmup) {
    checkShare(warmup);
    return (step, total) -> {
      double rising = Math.ceil(warmup * total);
      return step < rising
          ? step / rising
          : Math.max(0, (total - step) / Math.max(1, total - rising));
    };
  }

  /**
   * Rises linearly to 1, then falls along half a cosine to 0.
   *
   * @param warmup share of the steps spent rising, 0 to 1
   */
  static Schedule cosine(double warmup) {
    checkShare(warmup);
    return (step, total) -> {
      double rising = Math.ceil(warmup * total);
      if (step < rising) {
        return step / rising;
      }
      double done = (step - rising) / Math.max(1, total - rising);
      return Math.max(0, 0.5 * (1 + Math.cos(Math.PI * done)));
    };
  }

  private static void checkShare(double warmup) {
    if (!(warmup >= 0 && warmup <= 1)) {
      throw new IllegalArgumentException(
          "warmup must be a share between 0 and 1, but is %s.".formatted(warmup));
    }
  }
}
