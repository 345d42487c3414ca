package dev.embedlab.kernel.render;

import java.lang.reflect.Array;
import java.util.Arrays;

/** The plain text of any value: arrays by their elements, long text cut with a note. */
final class PlainText {
  private static final int MAX_CHARS = 100_000;
  private static final int MAX_ELEMENTS = 1_000;

  private PlainText() {}

  static String of(Object value) {
    String text =
        value != null && value.getClass().isArray() ? array(value) : String.valueOf(value);
    if (text == null) {
      return "null";
    }
    if (text.length() <= MAX_CHARS) {
      return text;
    }
    return text.substring(0, MAX_CHARS)
        + "\n… "
        + (text.length() - MAX_CHARS)
        + " of "
        + text.length()
        + " characters not shown";
  }

  private static String array(Object array) {
    int length = Array.getLength(array);
    if (length <= MAX_ELEMENTS) {
      String deep = Arrays.deepToString(new Object[] {array});
      return deep.substring(1, deep.length() - 1);
    }
    Object head = Array.newInstance(array.getClass().getComponentType(), MAX_ELEMENTS);
    System.arraycopy(array, 0, head, 0, MAX_ELEMENTS);
    String shown = array(head);
    return shown.substring(0, shown.length() - 1)
        + ", … "
        + (length - MAX_ELEMENTS)
        + " of "
        + length
        + " elements not shown]";
  }
}
