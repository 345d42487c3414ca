package dev.embedlab.kernel.magic;

/** A magic cannot do what was asked; the message says what to do instead. */
public final class MagicException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MagicException(String message) {
    super(message);
  }

  public MagicException(String message, Throwable cause) {
    super(message, cause);
  }
}
