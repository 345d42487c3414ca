package dev.embedlab.train;

import dev.embedlab.data.Document;
import dev.embedlab.data.Query;
import dev.embedlab.data.RetrievalDataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Training examples out of retrieval data. */
public final class TrainingPairs {

  private TrainingPairs() {}

  /**
   * One pair (query, contents of a relevant document) for each positive judgement of a split whose
   * document exists, in the order of the queries.
   *
   * @throws IllegalArgumentException if the data set has no such split or it judges nothing
   *     relevant
   */
  public static List<TrainingExample> of(RetrievalDataset dataset, String split) {
    List<TrainingExample> pairs = new ArrayList<>();
    for (Query query : dataset.queries(split)) {
      for (Map.Entry<String, Integer> grade : dataset.qrels(split).of(query.id()).entrySet()) {
        if (grade.getValue() > 0) {
          dataset
              .corpus()
              .find(grade.getKey())
              .map(Document::contents)
              .ifPresent(text -> pairs.add(TrainingExample.pair(query.text(), text)));
        }
      }
    }
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException(
          "Split '%s' of '%s' has no query with a relevant document; nothing to train on."
              .formatted(split, dataset.name()));
    }
    return pairs;
  }
}
