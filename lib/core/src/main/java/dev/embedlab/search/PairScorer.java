package dev.embedlab.search;

import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** Looks at a query and a document together, as cross-encoders do. Safe for several threads. */
public interface PairScorer {

  /** One document at a time, for scorers that gain nothing from many. */
  static PairScorer of(String name, ToDoubleBiFunction<String, String> score) {
    return new PairScorer() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public float[] score(String query, List<String> documents) {
        float[] scores = new float[documents.size()];
        for (int i = 0; i < scores.length; i++) {
          scores[i] = (float) score.applyAsDouble(query, documents.get(i));
        }
        return scores;
      }
    };
  }

  /** As tables show it. */
  String name();

  /**
   * @param documents their contents
   * @return {@code [documents]}, higher is more relevant
   */
  float[] score(String query, List<String> documents);
}
