package dev.embedlab.train;

/** Follows a run as it goes on. */
@FunctionalInterface
public interface StepListener {

  /**
   * @param step steps made so far
   * @param loss of the last one
   */
  void step(long step, double loss);
}
