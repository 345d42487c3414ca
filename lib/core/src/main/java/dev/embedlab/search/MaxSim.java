package dev.embedlab.search;

import dev.embedlab.encode.Role;
import java.util.List;

/**
 * Late interaction (Khattab and Zaharia 2020, ColBERT): every token of the query looks for the
 * token of the document most like it, and what they find is added up.
 */
public record MaxSim(TokenEncoder encoder) implements PairScorer {

  @Override
  public String name() {
    return "MaxSim(%s)".formatted(encoder.name());
  }

  @Override
  public float[] score(String query, List<String> documents) {
    float[][] tokens = encoder.encodeTokens(List.of(query), Role.QUERY)[0];
    float[][][] candidates = encoder.encodeTokens(documents, Role.DOCUMENT);
    float[] scores = new float[candidates.length];
    for (int d = 0; d < scores.length; d++) {
      scores[d] = score(tokens, candidates[d]);
    }
    return scores;
  }

  /**
   * @param query {@code [tokens][dim]}
   * @param document {@code [tokens][dim]}; one without tokens scores 0
   */
  public static float score(float[][] query, float[][] document) {
    float sum = 0;
    for (float[] token : query) {
      float best = document.length == 0 ? 0 : Float.NEGATIVE_INFINITY;
      for (float[] other : document) {
        best = Math.max(best, dot(token, other));
      }
      sum += best;
    }
    return sum;
  }

  private static float dot(float[] x, float[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "Query tokens have %d dimensions but document tokens %d: use one model for both."
              .formatted(x.length, y.length));
    }
    float sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum = Math.fma(x[i], y[i], sum);
    }
    return sum;
  }
}
