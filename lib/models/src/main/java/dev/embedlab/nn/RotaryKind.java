package dev.embedlab.nn;

import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;

/** Refuses the variants of rotary embedding that rescale frequencies for longer texts. */
final class RotaryKind {

  private RotaryKind() {}

  static void requireDefault(ConfigFile parameters) {
    String kind =
        parameters.string("rope_type").or(() -> parameters.string("type")).orElse("default");
    if (!kind.equals("default")) {
      throw new ConfigException(
          parameters.file(),
          "the rotary embedding type '%s' is not supported; only 'default' is.".formatted(kind));
    }
  }
}
