package dev.embedlab.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.embedlab.engine.Backend;
import java.util.OptionalInt;

/**
 * How to open a model.
 *
 * @param backend what runs it
 * @param maxTokens cuts texts earlier, or later, than the checkpoint says, within what its
 *     positions allow
 */
public record OpenOptions(Backend backend, OptionalInt maxTokens) {

  public OpenOptions {
    requireNonNull(backend, "backend");
    requireNonNull(maxTokens, "maxTokens");
    if (maxTokens.isPresent() && maxTokens.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "maxTokens must be positive, but is %d.".formatted(maxTokens.getAsInt()));
    }
  }

  /** The fastest exact backend, lengths as the checkpoint says. */
  public static OpenOptions defaults() {
    return new OpenOptions(Backend.AUTO, OptionalInt.empty());
  }

  public OpenOptions withBackend(Backend value) {
    return new OpenOptions(value, maxTokens);
  }

  public OpenOptions withMaxTokens(int value) {
    return new OpenOptions(backend, OptionalInt.of(value));
  }

  /** The limit to use for a model that would take {@code own} and could take {@code possible}. */
  int limit(int own, int possible) {
    if (maxTokens.orElse(own) > possible) {
      throw new IllegalArgumentException(
          "maxTokens is %d, but the model's positions end at %d."
              .formatted(maxTokens.getAsInt(), possible));
    }
    return maxTokens.orElse(own);
  }
}
