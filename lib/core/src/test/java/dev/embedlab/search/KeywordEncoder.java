package dev.embedlab.search;

import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import java.util.List;
import java.util.Locale;

/** Counts words of a fixed vocabulary: an encoder whose results can be checked by hand. */
final class KeywordEncoder implements Encoder {

  private final List<String> vocabulary;

  KeywordEncoder(String... vocabulary) {
    this.vocabulary = List.of(vocabulary);
  }

  @Override
  public String name() {
    return "keywords";
  }

  @Override
  public int dimension() {
    return vocabulary.size();
  }

  @Override
  public float[][] encode(List<String> texts, EncodeOptions options) {
    float[][] vectors = new float[texts.size()][dimension()];
    for (int i = 0; i < vectors.length; i++) {
      for (String word : texts.get(i).toLowerCase(Locale.ROOT).split("\\W+")) {
        int at = vocabulary.indexOf(word);
        if (at >= 0) {
          vectors[i][at]++;
        }
      }
    }
    return vectors;
  }
}
