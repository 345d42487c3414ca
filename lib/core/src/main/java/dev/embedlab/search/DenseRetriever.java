package dev.embedlab.search;

import static java.util.Objects.requireNonNull;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Role;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.Hits;
import dev.embedlab.vector.VectorIndex;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Encodes queries with a model and searches the document vectors of the same model. */
public final class DenseRetriever implements Retriever {

  private final Encoder encoder;
  private final EncodeOptions options;
  private final List<String> ids;
  private final VectorIndex index;

  private DenseRetriever(
      Encoder encoder, EncodeOptions options, List<String> ids, VectorIndex index) {
    this.encoder = requireNonNull(encoder, "encoder");
    this.options = requireNonNull(options, "options");
    this.ids = List.copyOf(ids);
    this.index = requireNonNull(index, "index");
    if (ids.size() != index.size()) {
      throw new IllegalArgumentException(
          "%d document ids but %d vectors in the index.".formatted(ids.size(), index.size()));
    }
  }

  /** Encodes the corpus and searches it exactly. */
  public static DenseRetriever of(Encoder encoder, Corpus corpus) {
    return of(encoder, corpus, EncodeOptions.defaults());
  }

  /**
   * Encodes the corpus and searches it exactly.
   *
   * @param options for both sides; the {@link Role} is set to query or document here
   */
  public static DenseRetriever of(Encoder encoder, Corpus corpus, EncodeOptions options) {
    float[][] vectors = encoder.encode(corpus.contents(), options.withRole(Role.DOCUMENT));
    VectorIndex index = ExactIndex.of(vectors, encoder.similarity());
    return new DenseRetriever(encoder, options, corpus.ids(), index);
  }

  /**
   * Searches an index that exists already.
   *
   * @param ids of the documents, in the order of the index
   * @param index vectors of this encoder under the same options
   */
  public static DenseRetriever over(
      Encoder encoder, EncodeOptions options, List<String> ids, VectorIndex index) {
    return new DenseRetriever(encoder, options, ids, index);
  }

  @Override
  public String name() {
    return encoder.name();
  }

  public VectorIndex index() {
    return index;
  }

  @Override
  public Run retrieve(Queries queries, int k) {
    if (queries.size() == 0) {
      return new Run(name(), Map.of());
    }
    float[][] vectors = encoder.encode(queries.texts(), options.withRole(Role.QUERY));
    return toRun(name(), queries, index.search(vectors, k), ids);
  }

  /**
   * Puts ids to the positions a vector search found.
   *
   * @param ids of the documents, in the order of the index
   */
  public static Run toRun(String name, Queries queries, Hits hits, List<String> ids) {
    Map<String, Ranking> rankings = LinkedHashMap.newLinkedHashMap(queries.size());
    int q = 0;
    for (Query query : queries) {
      List<String> found = Arrays.stream(hits.positions()[q]).mapToObj(ids::get).toList();
      rankings.put(query.id(), new Ranking(found, hits.scores()[q]));
      q++;
    }
    return new Run(name, rankings);
  }

  /** Closes the index; the encoder belongs to the caller. */
  @Override
  public void close() {
    index.close();
  }
}
