package dev.embedlab.kernel.runtime;

import java.util.List;

/** Runs magics from code; the same functions as in IJava. */
public final class Magics {
  private Magics() {}

  /** Runs the line magic {@code %name arguments}. */
  @SuppressWarnings("unchecked")
  public static <T> T lineMagic(String name, List<String> arguments) {
    return (T) Bridge.get().lineMagic(name, arguments);
  }

  /** Runs the cell magic {@code %%name arguments} on a body. */
  @SuppressWarnings("unchecked")
  public static <T> T cellMagic(String name, List<String> arguments, String body) {
    return (T) Bridge.get().cellMagic(name, arguments, body);
  }

  /** Runs a magic written as in a cell, for example {@code magic("%classpath")}. */
  @SuppressWarnings("unchecked")
  public static <T> T magic(String line) {
    String text = line.strip();
    String[] words = text.substring(text.startsWith("%") ? 1 : 0).split("\\s+");
    return (T) Bridge.get().lineMagic(words[0], List.of(words).subList(1, words.length));
  }
}
