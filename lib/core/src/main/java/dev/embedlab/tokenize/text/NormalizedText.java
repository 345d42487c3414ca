package dev.embedlab.tokenize.text;

import java.util.Arrays;

/**
 * Text as a tokenizer sees it, together with the place in the original text that each character
 * came from. Immutable.
 *
 * <p>Characters and offsets are UTF-16 units. Most texts are not changed in length by
 * normalization; for them no alignment arrays are kept.
 */
public final class NormalizedText {

  private final char[] chars;
  private final int length;
  private final int shift;
  private final int[] starts;
  private final int[] ends;

  private NormalizedText(char[] chars, int length, int shift, int[] starts, int[] ends) {
    this.chars = chars;
    this.length = length;
    this.shift = shift;
    this.starts = starts;
    this.ends = ends;
  }

  /** A text that is still its own original. */
  public static NormalizedText of(String text) {
    return of(text, 0, text.length());
  }

  /**
   * The part {@code [from, to)} of a text; original offsets count from the start of the whole text.
   */
  public static NormalizedText of(String text, int from, int to) {
    char[] chars = new char[to - from];
    text.getChars(from, to, chars, 0);
    return new NormalizedText(chars, chars.length, from, null, null);
  }

  /** Number of UTF-16 units. */
  public int length() {
    return length;
  }

  public char charAt(int index) {
    return chars[index];
  }

  /** The code point at an index, as {@link Character#codePointAt(char[], int)}. */
  public int codePointAt(int index) {
    return Character.codePointAt(chars, index, length);
  }

  /** The characters; shared, not copied, valid up to {@link #length()}: do not change them. */
  public char[] chars() {
    return chars;
  }

  /** Where in the original text the character at an index begins. */
  public int originalStart(int index) {
    return starts == null ? shift + index : starts[index];
  }

  /** Where in the original text the character at an index ends (exclusive). */
  public int originalEnd(int index) {
    return ends == null ? shift + index + 1 : ends[index];
  }

  /** The part {@code [from, to)} with its alignment. */
  public NormalizedText slice(int from, int to) {
    char[] part = Arrays.copyOfRange(chars, from, to);
    return starts == null
        ? new NormalizedText(part, part.length, shift + from, null, null)
        : new NormalizedText(
            part,
            part.length,
            0,
            Arrays.copyOfRange(starts, from, to),
            Arrays.copyOfRange(ends, from, to));
  }

  /** The same alignment with other characters, one for one. */
  public NormalizedText withChars(char[] replaced) {
    if (replaced.length < length) {
      throw new IllegalArgumentException(
          "%d characters cannot replace %d one for one.".formatted(replaced.length, length));
    }
    return new NormalizedText(replaced, length, shift, starts, ends);
  }

  @Override
  public String toString() {
    return new String(chars, 0, length);
  }

  /** Builds a text from the characters of another, keeping track of where they came from. */
  public static final class Builder {

    private final NormalizedText source;
    private char[] chars;
    private int[] starts;
    private int[] ends;
    private int length;

    /**
     * @param source the text the new characters are derived from
     */
    public Builder(NormalizedText source) {
      this.source = source;
      int capacity = source.length() + 16;
      chars = new char[capacity];
      starts = new int[capacity];
      ends = new int[capacity];
    }

    /** Number of UTF-16 units added so far. */
    public int length() {
      return length;
    }

    /** Adds one UTF-16 unit that stands for the source units {@code [from, to)}. */
    public Builder add(char c, int from, int to) {
      if (length == chars.length) {
        int capacity = length + (length >> 1) + 16;
        chars = Arrays.copyOf(chars, capacity);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
      }
      chars[length] = c;
      starts[length] = from < to ? source.originalStart(from) : emptyOffset(from);
      ends[length] = from < to ? source.originalEnd(to - 1) : starts[length];
      length++;
      return this;
    }

    /** Adds one code point that stands for the source units {@code [from, to)}. */
    public Builder addCodePoint(int codePoint, int from, int to) {
      if (Character.isBmpCodePoint(codePoint)) {
        return add((char) codePoint, from, to);
      }
      add(Character.highSurrogate(codePoint), from, to);
      return add(Character.lowSurrogate(codePoint), from, to);
    }

    private int emptyOffset(int at) {
      if (source.length() == 0) {
        return source.shift;
      }
      return at < source.length()
          ? source.originalStart(at)
          : source.originalEnd(source.length() - 1);
    }

    public NormalizedText build() {
      return new NormalizedText(chars, length, 0, starts, ends);
    }
  }
}
