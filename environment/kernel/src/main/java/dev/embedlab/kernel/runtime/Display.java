package dev.embedlab.kernel.runtime;

/** Shows values below the running cell; the same functions as in IJava. */
public final class Display {
  private Display() {}

  /** Shows a value and returns the id of that output, for {@link #updateDisplay}. */
  public static String display(Object value) {
    return Bridge.get().display(value);
  }

  /**
   * Shows a value in the given MIME types only, for example {@code display(html, "text/html")}.
   *
   * @return the id of that output
   */
  public static String display(Object value, String... mimeTypes) {
    return Bridge.get().display(value, mimeTypes);
  }

  /** Replaces what every output with this id shows. */
  public static void updateDisplay(String id, Object value) {
    Bridge.get().updateDisplay(id, value);
  }

  /** Replaces what every output with this id shows, in the given MIME types only. */
  public static void updateDisplay(String id, Object value, String... mimeTypes) {
    Bridge.get().updateDisplay(id, value, mimeTypes);
  }

  /** Renders a value without showing it; as the last line of a cell the result is shown. */
  public static MimeBundle render(Object value) {
    return new MimeBundle(Bridge.get().render(value));
  }

  /** Renders a value in the given MIME types only. */
  public static MimeBundle render(Object value, String... mimeTypes) {
    return new MimeBundle(Bridge.get().render(value, mimeTypes));
  }

  /**
   * Empties the output of the running cell.
   *
   * @param wait true to keep the old output until new output arrives, which avoids flicker
   */
  public static void clearOutput(boolean wait) {
    Bridge.get().clearOutput(wait);
  }
}
