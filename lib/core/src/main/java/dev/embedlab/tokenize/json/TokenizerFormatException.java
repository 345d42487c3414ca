package dev.embedlab.tokenize.json;

/**
 * A {@code tokenizer.json} that is missing a field, has a wrong value, or needs a part that is not
 * supported.
 */
public final class TokenizerFormatException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  TokenizerFormatException(String message) {
    super(message);
  }

  TokenizerFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
