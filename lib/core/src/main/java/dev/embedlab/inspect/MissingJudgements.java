package dev.embedlab.inspect;

import dev.embedlab.data.Document;
import dev.embedlab.data.RetrievalDataset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Documents that repeat, exactly or nearly, a document judged relevant, but are not judged
 * themselves: likely false negatives, which punish a system for a right answer.
 *
 * @param found what looks like one
 */
public record MissingJudgements(List<Missing> found) {

  public MissingJudgements {
    found = List.copyOf(found);
  }

  /**
   * @param queryId whose judgements lack the document
   * @param judged the relevant document
   * @param unjudged the document that repeats it
   * @param similarity Jaccard similarity of their shingles
   */
  public record Missing(String queryId, String judged, String unjudged, double similarity) {}

  /** Compares every pair of documents that are likely to be alike. */
  public static MissingJudgements in(RetrievalDataset data, String split, NearDuplicates near) {
    List<Document> documents = data.corpus().documents();
    Map<String, List<NearDuplicates.Match>> byDocument = new HashMap<>();
    for (NearDuplicates.Match match : near.within(data.corpus().contents())) {
      for (int side : new int[] {match.left(), match.right()}) {
        byDocument.computeIfAbsent(documents.get(side).id(), id -> new ArrayList<>()).add(match);
      }
    }
    List<Missing> missing = new ArrayList<>();
    data.qrels(split)
        .asMap()
        .forEach(
            (query, grades) ->
                grades.forEach(
                    (document, grade) -> {
                      for (NearDuplicates.Match match :
                          grade > 0
                              ? byDocument.getOrDefault(document, List.of())
                              : List.<NearDuplicates.Match>of()) {
                        String left = documents.get(match.left()).id();
                        String other =
                            left.equals(document) ? documents.get(match.right()).id() : left;
                        if (!grades.containsKey(other)) {
                          missing.add(new Missing(query, document, other, match.similarity()));
                        }
                      }
                    }));
    return new MissingJudgements(missing);
  }
}
