package dev.embedlab.progress;

/** Receives reports of long work. Notebooks draw a bar, command lines print a line. */
public interface Progress {

  /**
   * Begins a piece of work.
   *
   * @param label what is being done, for example {@code encode corpus}
   * @param total number of units, or 0 if not known
   */
  Task start(String label, long total);

  /** Reports nowhere. */
  static Progress none() {
    return Silent.INSTANCE;
  }

  /** One piece of work; closing it prints its one-line summary. Safe for several threads. */
  interface Task extends AutoCloseable {

    /** Says that {@code units} more are done. */
    void advance(long units);

    /** A short remark shown beside the bar, for example {@code loss 0.41}; replaces the last. */
    void note(String remark);

    @Override
    void close();
  }
}
