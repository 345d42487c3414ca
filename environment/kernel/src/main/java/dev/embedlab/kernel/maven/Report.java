package dev.embedlab.kernel.maven;

/** Where the resolver says what it does. */
public interface Report {
  /** A sentence that stays: a decision or a remark. */
  void line(String text);

  /**
   * What is under way; takes the place of what was shown before.
   *
   * @param share how much is done, 0 to 1, or negative when that is not known
   */
  void progress(String text, double share);

  /** What was done; takes the place of the progress and stays. */
  void done(String text);
}
