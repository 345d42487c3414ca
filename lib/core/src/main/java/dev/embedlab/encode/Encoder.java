package dev.embedlab.encode;

import java.util.List;
import java.util.OptionalInt;

/**
 * Turns texts into dense vectors. Implementations are safe for use by several threads and return
 * the same vector for a text whatever batch it came in (to 1e-6).
 */
public interface Encoder extends AutoCloseable {

  /** As tables and result files show it, for example {@code org/name} or {@code static-256}. */
  String name();

  /** Length of the vectors that {@link #encode(List)} returns. */
  int dimension();

  /**
   * Encodes texts, keeping their order.
   *
   * @return {@code [texts.size()][dim]}, where dim is {@link EncodeOptions#truncateDim()} if that
   *     is set and {@link #dimension()} otherwise
   */
  float[][] encode(List<String> texts, EncodeOptions options);

  /** Encodes with {@link EncodeOptions#defaults()}. */
  default float[][] encode(List<String> texts) {
    return encode(texts, EncodeOptions.defaults());
  }

  /** How vectors of this model are meant to be compared. */
  default Similarity similarity() {
    return Similarity.COSINE;
  }

  /** Longest input in tokens, special tokens included; empty if there is no limit. */
  default OptionalInt maxTokens() {
    return OptionalInt.empty();
  }

  /** Releases native memory. Encoders that hold none do nothing. */
  @Override
  default void close() {}
}
