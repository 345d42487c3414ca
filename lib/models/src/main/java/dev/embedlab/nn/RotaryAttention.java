package dev.embedlab.nn;

import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Attention whose queries and keys are turned by their positions, so that scores depend on
 * distances. Su et al., RoFormer (2021).
 */
final class RotaryAttention {

  private static final String KINDS = "layer_types";

  private RotaryAttention() {}

  /**
   * Which layers see only their neighbourhood. Newer files list the kind of each layer, older ones
   * have a rule.
   */
  static List<Boolean> slidingLayers(ConfigFile config, int layers, IntPredicate rule) {
    List<String> kinds = config.strings(KINDS);
    if (kinds.isEmpty()) {
      return IntStream.range(0, layers).mapToObj(rule::test).toList();
    }
    if (kinds.size() != layers) {
      throw new ConfigException(
          config.file(),
          "'%s' has %d entries for %d layers.".formatted(KINDS, kinds.size(), layers));
    }
    return kinds.stream().map("sliding_attention"::equals).toList();
  }

  /** Tables of angles. */
  record Angles(Input cos, Input sin) {}

  /**
   * @param qkv queries, keys and values, {@code [batch][heads][tokens][headDim]}, not yet turned
   */
  static <T> T attend(Ops<T> ops, List<T> qkv, Angles angles, Input bias, double dropout) {
    T cos = ops.input(angles.cos);
    T sin = ops.input(angles.sin);
    T q = ops.rotate(qkv.get(0), cos, sin);
    T k = ops.rotate(qkv.get(1), cos, sin);
    return ops.attend(q, k, qkv.get(2), ops.input(bias), dropout);
  }
}
