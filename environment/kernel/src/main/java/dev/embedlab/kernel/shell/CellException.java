package dev.embedlab.kernel.shell;

import java.util.List;

/** A cell failed; carries what the front end shows. */
public final class CellException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final transient List<String> traceback;

  /**
   * @param name class of the error
   * @param message its message
   * @param traceback lines to show, with ANSI colours
   */
  public CellException(String name, String message, List<String> traceback, Throwable cause) {
    super(message, cause);
    this.name = name;
    this.traceback = List.copyOf(traceback);
  }

  public String name() {
    return name;
  }

  public List<String> traceback() {
    return traceback;
  }
}
