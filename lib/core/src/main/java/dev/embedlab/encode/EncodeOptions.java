package dev.embedlab.encode;

import static java.util.Objects.requireNonNull;

import dev.embedlab.progress.Progress;

/** How to encode; immutable, changed through the {@code with} methods. */
public record EncodeOptions(
    Role role, Prompt prompt, Normalization normalization, int truncateDim, Progress progress) {

  private static final EncodeOptions DEFAULTS =
      new EncodeOptions(
          Role.NONE, new Prompt.ModelDefault(), Normalization.AS_MODEL, 0, Progress.none());

  /**
   * @param role what the texts are in a search
   * @param prompt text put in front of each
   * @param normalization whether vectors are scaled to unit length
   * @param truncateDim keep only this many leading dimensions; 0 keeps what the model says
   * @param progress is told how many texts are done
   */
  public EncodeOptions {
    requireNonNull(role, "role");
    requireNonNull(prompt, "prompt");
    requireNonNull(normalization, "normalization");
    requireNonNull(progress, "progress");
    if (truncateDim < 0) {
      throw new IllegalArgumentException(
          "truncateDim must be 0 (off) or positive, but is %d.".formatted(truncateDim));
    }
  }

  public static EncodeOptions defaults() {
    return DEFAULTS;
  }

  public static EncodeOptions queries() {
    return DEFAULTS.withRole(Role.QUERY);
  }

  public static EncodeOptions documents() {
    return DEFAULTS.withRole(Role.DOCUMENT);
  }

  public EncodeOptions withRole(Role value) {
    return new EncodeOptions(value, prompt, normalization, truncateDim, progress);
  }

  public EncodeOptions withPrompt(Prompt value) {
    return new EncodeOptions(role, value, normalization, truncateDim, progress);
  }

  public EncodeOptions withNormalization(Normalization value) {
    return new EncodeOptions(role, prompt, value, truncateDim, progress);
  }

  public EncodeOptions withTruncateDim(int value) {
    return new EncodeOptions(role, prompt, normalization, value, progress);
  }

  public EncodeOptions withProgress(Progress value) {
    return new EncodeOptions(role, prompt, normalization, truncateDim, value);
  }
}
