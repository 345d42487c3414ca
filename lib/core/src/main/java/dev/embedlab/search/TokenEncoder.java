package dev.embedlab.search;

import dev.embedlab.encode.Role;
import dev.embedlab.vector.Similarities;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Turns a text into one vector a token, as late-interaction models do. */
public interface TokenEncoder {

  /**
   * An encoder whose tokens do not depend on the role, for example word vectors.
   *
   * @param tokens gives {@code [tokens][dim]} for a text, of any length each; scaled to unit length
   *     here
   */
  static TokenEncoder of(String name, Function<String, float[][]> tokens) {
    return new TokenEncoder() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public float[][][] encodeTokens(List<String> texts, Role role) {
        return texts.parallelStream().map(this::units).toArray(float[][][]::new);
      }

      private float[][] units(String text) {
        return Arrays.stream(tokens.apply(text)).map(Similarities::unit).toArray(float[][]::new);
      }
    };
  }

  /** As tables show it. */
  String name();

  /**
   * @return {@code [texts][tokens][dim]}, of unit length each
   */
  float[][][] encodeTokens(List<String> texts, Role role);
}
