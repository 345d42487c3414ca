package dev.embedlab.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Something could not be fetched; the message is one sentence that says what to do. */
public final class HubException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What went wrong, for callers that can help themselves. */
  public enum Reason {
    /** The name is not one that a repository, revision or file may have. */
    BAD_NAME,
    /** No such repository, revision or file, or no right to see it. */
    NOT_FOUND,
    /** The token is missing or was rejected. */
    UNAUTHORIZED,
    /** The owner wants terms to be accepted first. */
    GATED,
    /** Too many requests. */
    RATE_LIMITED,
    /** No connection, a time-out, or one that broke off. */
    UNREACHABLE,
    /** The server is there, but fails. */
    SERVER,
    /** What came is not what the hub promised. */
    DAMAGED,
    /** Not in the cache, and the network is switched off. */
    OFFLINE,
    /** The cache cannot be written. */
    CACHE
  }

  private final Reason reason;
  private final transient Optional<Duration> retryAfter;

  HubException(Reason reason, String message) {
    this(reason, message, null, Optional.empty());
  }

  HubException(Reason reason, String message, Throwable cause) {
    this(reason, message, cause, Optional.empty());
  }

  HubException(Reason reason, String message, Throwable cause, Optional<Duration> retryAfter) {
    super(message, cause);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  public Reason reason() {
    return reason;
  }

  /** How long the server asked to wait, if it said so. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** Whether trying again may help. */
  boolean isPassing() {
    return reason == Reason.UNREACHABLE
        || reason == Reason.SERVER
        || reason == Reason.RATE_LIMITED
        || reason == Reason.DAMAGED;
  }
}
