package dev.embedlab.compress;

import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.VectorIndex;

/** Writes vectors in fewer bytes and reads them back, with some error. Immutable. */
public interface Codec {

  /** As tables show it, for example {@code int8} or {@code PQ48}. */
  String name();

  /** Length of the vectors. */
  int dimension();

  /** Bytes that one vector takes. */
  int bytesPerVector();

  /**
   * @param vectors {@code [n][dimension]}
   * @throws IllegalArgumentException if a vector has another dimension or holds NaN or Inf
   */
  Codes encode(float[][] vectors);

  /**
   * What the codes stand for.
   *
   * @return {@code [n][dimension]}
   */
  float[][] decode(Codes codes);

  /** An index that compares float queries with every code, without decoding all first. */
  VectorIndex index(Codes codes, Similarity similarity);

  /**
   * Mean squared distance between vectors and what their codes stand for, divided by the mean
   * squared length of the vectors: 0 is perfect, 1 as bad as encoding nothing.
   *
   * @param vectors {@code [n][dimension]}, others than the codec was trained on
   */
  default double relativeError(float[][] vectors) {
    float[][] restored = decode(encode(vectors));
    double error = 0;
    double squares = 0;
    for (int n = 0; n < vectors.length; n++) {
      for (int i = 0; i < vectors[n].length; i++) {
        double difference = (double) vectors[n][i] - restored[n][i];
        error += difference * difference;
        squares += (double) vectors[n][i] * vectors[n][i];
      }
    }
    return squares == 0 ? 0 : error / squares;
  }
}
