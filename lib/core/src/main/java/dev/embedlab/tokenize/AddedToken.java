package dev.embedlab.tokenize;

/**
 * A token that is found in the text before the model sees it, and never split.
 *
 * @param content the token as it stands in text
 * @param special whether decoding leaves it out
 * @param normalized whether it is looked for in the normalized text rather than the original
 * @param singleWord whether it must not touch a letter or digit
 * @param leftStrip whether it swallows white space before it
 * @param rightStrip whether it swallows white space after it
 */
public record AddedToken(
    String content,
    boolean special,
    boolean normalized,
    boolean singleWord,
    boolean leftStrip,
    boolean rightStrip) {

  public AddedToken {
    if (content.isEmpty()) {
      throw new IllegalArgumentException("An added token is empty; give it a text.");
    }
  }

  /** A special token such as {@code [CLS]}. */
  public static AddedToken special(String content) {
    return new AddedToken(content, true, false, false, false, false);
  }
}
