package dev.embedlab.evaluate.task;

import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Similarity;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * An encoder that knows its vectors already and looks them up by text. The very string that a
 * vector was given for finds that vector, so that equal texts in several rows keep a vector each as
 * long as the rows keep their strings; other strings find the first vector of an equal text.
 */
public final class TextVectors implements Encoder {

  private final String name;
  private final int dimension;
  private final Similarity similarity;
  private final Map<String, float[]> byString;
  private final Map<String, float[]> vectors;

  private TextVectors(
      String name,
      int dimension,
      Similarity similarity,
      Map<String, float[]> byString,
      Map<String, float[]> vectors) {
    this.name = name;
    this.dimension = dimension;
    this.similarity = similarity;
    this.byString = byString;
    this.vectors = vectors;
  }

  /**
   * @param texts {@code [n]}
   * @param vectors {@code [n][dim]}
   */
  public static TextVectors of(String name, List<String> texts, float[][] vectors) {
    if (texts.size() != vectors.length || vectors.length == 0) {
      throw new IllegalArgumentException(
          "There are %d texts for %d vectors; both must be equally many and at least one."
              .formatted(texts.size(), vectors.length));
    }
    Map<String, float[]> byString = new IdentityHashMap<>(texts.size());
    Map<String, float[]> byText = HashMap.newHashMap(texts.size());
    for (int i = 0; i < vectors.length; i++) {
      if (vectors[i].length != vectors[0].length) {
        throw new IllegalArgumentException(
            "Vector %d has %d dimensions, but vector 0 has %d."
                .formatted(i, vectors[i].length, vectors[0].length));
      }
      float[] vector = vectors[i].clone();
      byString.putIfAbsent(texts.get(i), vector);
      byText.putIfAbsent(texts.get(i), vector);
    }
    return new TextVectors(name, vectors[0].length, Similarity.COSINE, byString, byText);
  }

  /** The same vectors with those of more texts. */
  public TextVectors and(List<String> texts, float[][] more) {
    TextVectors other = of(name, texts, more);
    if (other.dimension != dimension) {
      throw new IllegalArgumentException(
          "The new vectors have %d dimensions, the others %d."
              .formatted(other.dimension, dimension));
    }
    Map<String, float[]> strings = new IdentityHashMap<>(other.byString);
    strings.putAll(byString);
    Map<String, float[]> joined = new HashMap<>(other.vectors);
    joined.putAll(vectors);
    return new TextVectors(name, dimension, similarity, strings, joined);
  }

  /** The same vectors, meant to be compared in another way. */
  public TextVectors withSimilarity(Similarity value) {
    return new TextVectors(name, dimension, value, byString, vectors);
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
    float[] own = byString.get(text);
    float[] vector = own == null ? vectors.get(text) : own;
    if (vector == null) {
      String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
      throw new IllegalArgumentException(
          "There is no vector for the text '%s'; the file was made from other texts."
              .formatted(shown));
    }
    return vector.clone();
  }
}
