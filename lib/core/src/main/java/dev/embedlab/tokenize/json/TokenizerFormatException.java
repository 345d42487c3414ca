package dev.embedlab.tokenize.json;

/**
 * A {@code tokenizer.json} that is missing a field, has a wrong value, or needs a part that is not
 * supported.
 */
public final class TokenizerFormatException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final boolean unsupportedPart;

  TokenizerFormatException(String message) {
    this(message, false);
  }

  TokenizerFormatException(String message, boolean unsupportedPart) {
    super(message);
    this.unsupportedPart = unsupportedPart;
  }

  TokenizerFormatException(String message, Throwable cause) {
    super(message, cause);
    unsupportedPart = false;
  }

  /** Whether the file may be right and holds a part that this package does not know. */
  public boolean isUnsupportedPart() {
    return unsupportedPart;
  }
}
