package dev.embedlab.search;

import dev.embedlab.encode.Role;
import java.util.List;

/** Turns a text into one vector a token, as late-interaction models do. */
public interface TokenEncoder {

  /** As tables show it. */
  String name();

  /**
   * @return {@code [texts][tokens][dim]}, of unit length each
   */
  float[][][] encodeTokens(List<String> texts, Role role);
}
