package dev.embedlab.lucene;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps Lucene's remark that it found the Vector API out of notebooks and command lines. */
final class Quiet {

  // Held for good: the log manager forgets the level of a logger that nobody holds.
  private static final Logger VECTORIZATION =
      Logger.getLogger("org.apache.lucene.internal.vectorization");

  private Quiet() {}

  /** Has to come before the first index is opened. */
  static void please() {
    VECTORIZATION.setLevel(Level.WARNING);
  }
}
