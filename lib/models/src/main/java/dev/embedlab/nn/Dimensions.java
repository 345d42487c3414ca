package dev.embedlab.nn;

import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;

/** Reads the numbers that all architectures share, with limits that no real model exceeds. */
final class Dimensions {

  static final int MAX_WIDTH = 1 << 17;
  static final int MAX_LAYERS = 1 << 10;
  static final int MAX_TOKENS = 1 << 21;
  static final int MAX_VOCABULARY = 1 << 26;

  private Dimensions() {}

  static int width(ConfigFile config, String field, int fallback) {
    return positive(config, field, fallback, MAX_WIDTH);
  }

  static int layers(ConfigFile config, String field, int fallback) {
    return positive(config, field, fallback, MAX_LAYERS);
  }

  static int tokens(ConfigFile config, String field, int fallback) {
    return positive(config, field, fallback, MAX_TOKENS);
  }

  /** Number of rows of the embedding table; any if the configuration does not say. */
  static long vocabulary(ConfigFile config) {
    return config.has("vocab_size")
        ? config.requireCount("vocab_size", MAX_VOCABULARY)
        : TensorSpec.ANY;
  }

  static int positive(ConfigFile config, String field, int fallback, int max) {
    return config.has(field) ? config.requireCount(field, max) : fallback;
  }

  static int headDim(ConfigFile config, int hidden, int heads) {
    if (hidden % heads != 0) {
      throw new ConfigException(
          config.file(),
          "the hidden size %d is not a multiple of the %d attention heads."
              .formatted(hidden, heads));
    }
    return hidden / heads;
  }

  /** A number from 0 to below 1: a probability, or what normalization adds to a variance. */
  static double fraction(ConfigFile config, String field, double fallback) {
    double value = config.number(field, fallback);
    if (!(value >= 0 && value < 1)) {
      throw new ConfigException(
          config.file(), "'%s' is %s, but must be 0 or more and below 1.".formatted(field, value));
    }
    return value;
  }

  static Activation activation(ConfigFile config, String field) {
    String name = config.string(field).orElse("gelu");
    return Activation.named(name)
        .orElseThrow(
            () ->
                new ConfigException(
                    config.file(), "'%s' is the unknown activation '%s'.".formatted(field, name)));
  }
}
