package dev.embedlab.tokenize;

/**
 * How to encode.
 *
 * @param specialTokens whether the special tokens of the model are added
 * @param maxLength most pieces of an encoding, special tokens included; 0 for no limit
 * @param stride how many pieces an overflowing part repeats of the part before it
 */
public record EncodingOptions(boolean specialTokens, int maxLength, int stride) {

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
    return new EncodingOptions(specialTokens, maxLength, pieces);
  }
}
