package dev.embedlab.tokenize;

/**
 * How to encode.
 *
 * @param specialTokens whether the special tokens of the model are added
 * @param maxLength most pieces of an encoding, special tokens included; 0 for no limit
 * @param stride how many pieces an overflowing part repeats of the part before it
 * @param truncation which text of a pair gives way; a single text always does
 */
public record EncodingOptions(
    boolean specialTokens, int maxLength, int stride, Truncation truncation) {

  /** Which text of a pair is cut where both together are too long. */
  public enum Truncation {
    /** The longer one, until both are equally long, then both. */
    LONGEST_FIRST,
    /** Only the first, as when a long text is paired with a short one. */
    ONLY_FIRST,
    /** Only the second, as when a question is paired with a long passage. */
    ONLY_SECOND
  }

  public EncodingOptions {
    if (maxLength < 0) {
      throw new IllegalArgumentException(
          "maxLength is %d; give a positive number, or 0 for no limit.".formatted(maxLength));
    }
    if (stride < 0 || (maxLength > 0 && stride >= maxLength)) {
      throw new IllegalArgumentException(
          "stride is %d with maxLength %d; it must be at least 0 and less than maxLength."
              .formatted(stride, maxLength));
    }
  }

  /** Options that cut the longer text of a pair. */
  public EncodingOptions(boolean specialTokens, int maxLength, int stride) {
    this(specialTokens, maxLength, stride, Truncation.LONGEST_FIRST);
  }

  /** Special tokens, no limit. */
  public static EncodingOptions standard() {
    return new EncodingOptions(true, 0, 0);
  }

  /** Only the pieces of the text, no limit. */
  public static EncodingOptions withoutSpecialTokens() {
    return new EncodingOptions(false, 0, 0);
  }

  /** Special tokens; what exceeds the length is kept as {@link Encoding#overflow()}. */
  public static EncodingOptions upTo(int maxLength) {
    return new EncodingOptions(true, maxLength, 0);
  }

  public EncodingOptions withStride(int pieces) {
    return new EncodingOptions(specialTokens, maxLength, pieces, truncation);
  }

  public EncodingOptions withTruncation(Truncation value) {
    return new EncodingOptions(specialTokens, maxLength, stride, value);
  }
}
