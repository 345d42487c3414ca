package dev.embedlab.kernel.protocol;

/** A received message that must not be acted on; its text says why. */
public final class MessageException extends Exception {
  private static final long serialVersionUID = 1L;

  public MessageException(String message) {
    super(message);
  }
}
