package dev.embedlab.lucene;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import dev.embedlab.search.Retriever;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.IndexSearcher;
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
              return searcher(snapshot).explain(index.query(query), document).toString();
            });
  }

  private List<Ranking> search(TermIndex.Snapshot snapshot, Queries queries, int k) {
    IndexSearcher searcher = searcher(snapshot);
    return queries.all().parallelStream()
        .map(query -> search(snapshot, searcher, query.text(), k))
        .toList();
  }

  private IndexSearcher searcher(TermIndex.Snapshot snapshot) {
    IndexSearcher searcher = new IndexSearcher(snapshot.reader());
    searcher.setSimilarity(new BM25Similarity(options.k1(), options.b()));
    searcher.setQueryCache(null); // every query is asked once
    return searcher;
  }

  private Ranking search(TermIndex.Snapshot snapshot, IndexSearcher searcher, String query, int k) {
    int most = Math.min(k, Math.max(1, snapshot.size()));
    try {
      var hits =
          searcher.search(index.query(query), new TopScoreDocCollectorManager(most, most))
              .scoreDocs;
      float[] scores = new float[hits.length];
      String[] ids = new String[hits.length];
      for (int i = 0; i < hits.length; i++) {
        ScoreDoc hit = hits[i];
        scores[i] = hit.score;
        ids[i] = snapshot.id(hit.doc);
      }
      return new Ranking(List.of(ids), scores);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
