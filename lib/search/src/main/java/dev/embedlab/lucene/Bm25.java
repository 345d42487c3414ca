package dev.embedlab.lucene;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import dev.embedlab.search.Retriever;
import dev.embedlab.vector.Hits;
import dev.embedlab.vector.TopK;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;

/**
 * Keyword search: Okapi BM25 as Lucene computes it (Robertson and Zaragoza 2009, without the
 * constant factor k1 + 1, document lengths rounded to one byte). A query is the bag of its terms,
 * as in Anserini. Documents with equal scores stand in the order in which they were added.
 */
public final class Bm25 implements Retriever {

  private final Bm25Options options;
  private final TermIndex index;
  private volatile Optional<TermScores> scores = Optional.empty();

  private Bm25(Bm25Options options, TermIndex index) {
    this.options = options;
    this.index = index;
  }

  /** Indexes a corpus in memory with {@link Bm25Options#DEFAULT}. */
  public static Bm25 of(Corpus corpus) {
    return of(corpus, Bm25Options.DEFAULT);
  }

  /** Indexes a corpus in memory. */
  public static Bm25 of(Corpus corpus, Bm25Options options) {
    try {
      return new Bm25(options, TermIndex.inMemory(corpus, options.analyzer()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Indexes a corpus into a folder.
   *
   * @param folder created if need be; must hold no index yet
   */
  public static Bm25 create(Path folder, Corpus corpus, Bm25Options options) {
    try {
      return new Bm25(options, TermIndex.create(folder, corpus, options.analyzer()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot write the index to %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * Opens an index that {@link #create} wrote, with the analyzer it was written with; several
   * processes may have it open.
   *
   * @param k1 see {@link Bm25Options}; may differ from when the index was written
   * @param b see {@link Bm25Options}; may differ from when the index was written
   * @throws UncheckedIOException if there is no index or it is damaged
   */
  public static Bm25 open(Path folder, float k1, float b) {
    try {
      TermIndex index = TermIndex.open(folder);
      return new Bm25(new Bm25Options(k1, b, index.analyzerName()), index);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s holds no BM25 index that can be read (%s): build it again."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /** Adds documents; one with an id that is there already replaces it. */
  public void add(Collection<Document> documents) {
    try {
      index.add(documents);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes documents; ids that are not there are ignored. */
  public void delete(Collection<String> ids) {
    try {
      index.delete(ids);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return "BM25";
  }

  public Bm25Options options() {
    return options;
  }

  /** Number of documents. */
  public int size() {
    return index.snapshots().use(TermIndex.Snapshot::size);
  }

  /** Bytes of the index, in memory or on disk. */
  public long bytes() {
    return index.snapshots().bytes();
  }

  /** The terms that the analyzer makes of a text, in order. */
  public List<String> terms(String text) {
    return index.terms(text);
  }

  @Override
  public Run retrieve(Queries queries, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, but is %d.".formatted(k));
    }
    List<Ranking> found = index.snapshots().use(snapshot -> search(snapshot, queries, k));
    Map<String, Ranking> rankings = LinkedHashMap.newLinkedHashMap(queries.size());
    for (int q = 0; q < queries.size(); q++) {
      rankings.put(queries.get(q).id(), found.get(q));
    }
    return new Run(name(), rankings);
  }

  /**
   * How the score of a document comes about, term by term.
   *
   * @throws IllegalArgumentException if there is no such document
   */
  public String explain(String query, String documentId) {
    return index
        .snapshots()
        .use(
            snapshot -> {
              int document = snapshot.document(documentId);
              return searcher(snapshot)
                  .explain(TermIndex.query(index.counts(query)), document)
                  .toString();
            });
  }

  private List<Ranking> search(TermIndex.Snapshot snapshot, Queries queries, int k) {
    int most = Math.min(k, Math.max(1, snapshot.size()));
    Function<Map<String, Integer>, Ranking> search = searching(snapshot, most);
    return queries.all().parallelStream()
        .map(query -> search.apply(index.counts(query.text())))
        .toList();
  }

  /** From the terms of a query to its best documents. */
  private Function<Map<String, Integer>, Ranking> searching(TermIndex.Snapshot snapshot, int k) {
    if (snapshot.reader().maxDoc() <= TermScores.MOST_DOCUMENTS) {
      TermScores kept = scores(snapshot);
      return counts -> ranking(snapshot, Hits.of(new TopK[] {kept.search(counts, k)}));
    }
    IndexSearcher searcher = searcher(snapshot);
    return counts -> ranking(snapshot, hits(searcher, TermIndex.query(counts), k));
  }

  private TermScores scores(TermIndex.Snapshot snapshot) {
    TermScores kept =
        scores
            .filter(s -> s.areOf(snapshot.reader()))
            .orElseGet(() -> new TermScores(searcher(snapshot), TermIndex.CONTENTS));
    scores = Optional.of(kept);
    return kept;
  }

  private IndexSearcher searcher(TermIndex.Snapshot snapshot) {
    IndexSearcher searcher = new IndexSearcher(snapshot.reader());
    searcher.setSimilarity(new BM25Similarity(options.k1(), options.b()));
    searcher.setQueryCache(null); // every query is asked once
    return searcher;
  }

  /** The best documents of one query, by Lucene's own search. */
  static Hits hits(IndexSearcher searcher, Query query, int k) {
    try {
      ScoreDoc[] found = searcher.search(query, new TopScoreDocCollectorManager(k, k)).scoreDocs;
      int[] documents = new int[found.length];
      float[] scores = new float[found.length];
      for (int i = 0; i < found.length; i++) {
        documents[i] = found[i].doc;
        scores[i] = found[i].score;
      }
      return new Hits(new int[][] {documents}, new float[][] {scores});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Ranking ranking(TermIndex.Snapshot snapshot, Hits hits) {
    List<String> ids = Arrays.stream(hits.positions()[0]).mapToObj(snapshot::id).toList();
    return new Ranking(ids, hits.scores()[0]);
  }

  @Override
  public void close() {
    try {
      index.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
