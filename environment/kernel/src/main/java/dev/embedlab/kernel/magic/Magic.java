package dev.embedlab.kernel.magic;

import java.util.List;

/**
 * A built-in magic.
 *
 * @param name without percent signs
 * @param usage one line for the list of magics
 * @param help what it does, a sentence or two
 */
public record Magic(String name, Kind kind, String usage, String help, Body body) {

  /** Where a magic may stand. */
  public enum Kind {
    LINE,
    CELL,
    BOTH
  }

  /** What a magic does. */
  @FunctionalInterface
  public interface Body {
    /**
     * @param arguments the words after the name
     * @param text the rest of the line, or the body of the cell
     * @param cell true when called as a cell magic
     * @return a value to show, or null
     */
    Object run(List<String> arguments, Source text, boolean cell) throws Exception;
  }

  /**
   * Text handed to a magic.
   *
   * @param offset where it starts in the cell
   */
  public record Source(String text, int offset) {}
}
