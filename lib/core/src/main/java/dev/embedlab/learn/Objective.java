package dev.embedlab.learn;

/** A smooth function to be minimised. */
interface Objective {

  /**
   * @param at the point
   * @param gradient is filled with the gradient there
   * @return the value there
   */
  double evaluate(double[] at, double[] gradient);
}
