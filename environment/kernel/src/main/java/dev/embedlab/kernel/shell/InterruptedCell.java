package dev.embedlab.kernel.shell;

/** Ends a cell that the user interrupted. */
public final class InterruptedCell extends Exception {
  private static final long serialVersionUID = 1L;

  public InterruptedCell(String message) {
    super(message);
  }
}
