package dev.embedlab.encode;

import java.util.Arrays;
import java.util.List;

/**
 * A pretend model whose scores can be checked by hand: dimension i is 1 if the text holds keyword i
 * as a word, else 0; the vector is not scaled, so the dot product counts shared keywords.
 */
public final class KeywordEncoder implements Encoder {

  private final List<String> keywords;

  public KeywordEncoder(String... keywords) {
    this.keywords = List.of(keywords);
  }

  @Override
  public String name() {
    return "keywords";
  }

  @Override
  public int dimension() {
    return keywords.size();
  }

  @Override
  public Similarity similarity() {
    return Similarity.DOT;
  }

  @Override
  public float[][] encode(List<String> texts, EncodeOptions options) {
    return texts.stream().map(this::vector).toArray(float[][]::new);
  }

  private float[] vector(String text) {
    List<String> words = Arrays.asList(text.toLowerCase().split("\\W+"));
    float[] vector = new float[keywords.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = words.contains(keywords.get(i)) ? 1 : 0;
    }
    return vector;
  }
}
