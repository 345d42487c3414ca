package dev.embedlab.evaluate.task;

import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Similarity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An encoder that knows its vectors already and looks them up by text. */
public final class TextVectors implements Encoder {

  private final String name;
  private final int dimension;
  private final Similarity similarity;
  private final Map<String, float[]> vectors;

  private TextVectors(
      String name, int dimension, Similarity similarity, Map<String, float[]> vectors) {
    this.name = name;
    this.dimension = dimension;
    this.similarity = similarity;
    this.vectors = vectors;
  }

  /**
   * @param texts {@code [n]}; of texts that occur twice the first vector counts
   * @param vectors {@code [n][dim]}
   */
  public static TextVectors of(String name, List<String> texts, float[][] vectors) {
    if (texts.size() != vectors.length || vectors.length == 0) {
      throw new IllegalArgumentException(
          "There are %d texts for %d vectors; both must be equally many and at least one."
              .formatted(texts.size(), vectors.length));
    }
    Map<String, float[]> byText = HashMap.newHashMap(texts.size());
    for (int i = 0; i < vectors.length; i++) {
      if (vectors[i].length != vectors[0].length) {
        throw new IllegalArgumentException(
            "Vector %d has %d dimensions, but vector 0 has %d."
                .formatted(i, vectors[i].length, vectors[0].length));
      }
      byText.putIfAbsent(texts.get(i), vectors[i].clone());
    }
    return new TextVectors(name, vectors[0].length, Similarity.COSINE, byText);
  }

  /** The same vectors with those of more texts. */
  public TextVectors and(List<String> texts, float[][] more) {
    TextVectors other = of(name, texts, more);
    if (other.dimension != dimension) {
      throw new IllegalArgumentException(
          "The new vectors have %d dimensions, the others %d."
              .formatted(other.dimension, dimension));
    }
    Map<String, float[]> joined = new HashMap<>(other.vectors);
    joined.putAll(vectors);
    return new TextVectors(name, dimension, similarity, joined);
  }

  /** The same vectors, meant to be compared in another way. */
  public TextVectors withSimilarity(Similarity value) {
    return new TextVectors(name, dimension, value, vectors);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public Similarity similarity() {
    return similarity;
  }

  @Override
  public float[][] encode(List<String> texts, EncodeOptions options) {
    return texts.stream().map(this::find).toArray(float[][]::new);
  }

  private float[] find(String text) {
    float[] vector = vectors.get(text);
    if (vector == null) {
      String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
      throw new IllegalArgumentException(
          "There is no vector for the text '%s'; the file was made from other texts."
              .formatted(shown));
    }
    return vector.clone();
  }
}
