package dev.embedlab.search;

import static java.util.Objects.requireNonNull;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Lets a slow, exact scorer reorder what a fast system found. Documents beyond the depth are not
 * returned: their scores would be on another scale.
 *
 * @param first the fast system; closed with this one
 * @param scorer of pairs
 * @param corpus where the texts are
 * @param depth documents reordered for a query, 1 or more
 */
public record RerankingRetriever(Retriever first, PairScorer scorer, Corpus corpus, int depth)
    implements Retriever {

  public RerankingRetriever {
    requireNonNull(first, "first");
    requireNonNull(scorer, "scorer");
    requireNonNull(corpus, "corpus");
    if (depth < 1) {
      throw new IllegalArgumentException("depth must be 1 or more, but is %d.".formatted(depth));
    }
  }

  @Override
  public String name() {
    return "%s > %s".formatted(first.name(), scorer.name());
  }

  @Override
  public Run retrieve(Queries queries, int k) {
    return rerank(queries, first.retrieve(queries, depth), k);
  }

  /** Reorders a run that exists already. */
  public Run rerank(Queries queries, Run run, int k) {
    Map<String, Ranking> rankings = LinkedHashMap.newLinkedHashMap(queries.size());
    for (Query query : queries) {
      rankings.put(query.id(), rerank(query.text(), run.of(query.id()).head(depth), k));
    }
    return new Run(name(), rankings);
  }

  /** Equal scores keep the order of the first system. */
  private Ranking rerank(String query, Ranking found, int k) {
    if (found.size() == 0) {
      return found;
    }
    List<String> texts = found.documentIds().stream().map(this::contents).toList();
    float[] scores = scorer.score(query, texts);
    List<Integer> order =
        IntStream.range(0, found.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .limit(k)
            .toList();
    float[] sorted = new float[order.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = scores[order.get(i)];
    }
    return new Ranking(order.stream().map(found::documentId).toList(), sorted);
  }

  private String contents(String id) {
    return corpus
        .find(id)
        .map(Document::contents)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The first stage found '%s', which the corpus does not hold: use the corpus it was built from."
                        .formatted(id)));
  }

  @Override
  public void close() {
    first.close();
  }
}
