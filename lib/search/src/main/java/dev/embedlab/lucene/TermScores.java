package dev.embedlab.lucene;

import dev.embedlab.vector.TopK;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.Similarity.SimScorer;
import org.apache.lucene.util.Bits;

/**
 * What each term adds to the scores of its documents, by Lucene's similarity, kept from the first
 * time the term is asked for (eager scoring, Lù 2024, "BM25S"). Adding up arrays beats decoding
 * postings for every query as long as a query may touch every document.
 */
final class TermScores {

  /** Documents up to which a sum for each of them is cheaper than skipping most. */
  static final int MOST_DOCUMENTS = 200_000;

  private record Key(String term, int count) {}

  private record Postings(int[] documents, float[] scores) {}

  private final IndexSearcher searcher;
  private final String field;
  private final Map<Key, Postings> kept = new ConcurrentHashMap<>();

  TermScores(IndexSearcher searcher, String field) {
    this.searcher = searcher;
    this.field = field;
  }

  /** Whether the scores are those of a state of the index. */
  boolean areOf(IndexReader reader) {
    return searcher.getIndexReader() == reader;
  }

  /**
   * The k best documents with a score above 0.
   *
   * @param counts how often each term stands in the query
   */
  TopK search(Map<String, Integer> counts, int k) {
    double[] sums = new double[searcher.getIndexReader().maxDoc()];
    counts.forEach(
        (term, count) -> {
          Postings postings = kept.computeIfAbsent(new Key(term, count), this::postings);
          for (int i = 0; i < postings.documents.length; i++) {
            sums[postings.documents[i]] += postings.scores[i];
          }
        });
    TopK best = new TopK(k);
    float least = Float.MIN_VALUE;
    for (int document = 0; document < sums.length; document++) {
      if (sums[document] >= least) {
        best.offer((float) sums[document], document);
        least = Math.max(least, best.threshold());
      }
    }
    return best;
  }

  private Postings postings(Key key) {
    try {
      Term term = new Term(field, key.term);
      TermStates states = TermStates.build(searcher, term, true);
      int[] documents = new int[states.docFreq()];
      float[] scores = new float[documents.length];
      int size = 0;
      if (documents.length > 0) {
        SimScorer scorer = scorer(key, term, states);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
          size = read(leaf, term, scorer, documents, scores, size);
        }
      }
      return new Postings(Arrays.copyOf(documents, size), Arrays.copyOf(scores, size));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SimScorer scorer(Key key, Term term, TermStates states) throws IOException {
    return searcher
        .getSimilarity()
        .scorer(
            key.count,
            searcher.collectionStatistics(field),
            searcher.termStatistics(term, states.docFreq(), states.totalTermFreq()));
  }

  /** Reads the documents of one segment that are not deleted; returns the new size. */
  private int read(
      LeafReaderContext leaf,
      Term term,
      SimScorer scorer,
      int[] documents,
      float[] scores,
      int from)
      throws IOException {
    LeafReader reader = leaf.reader();
    PostingsEnum postings = reader.postings(term, PostingsEnum.FREQS);
    if (postings == null) {
      return from;
    }
    NumericDocValues lengths = reader.getNormValues(field);
    Bits live = reader.getLiveDocs();
    int size = from;
    for (int d = postings.nextDoc(); d != PostingsEnum.NO_MORE_DOCS; d = postings.nextDoc()) {
      if (live == null || live.get(d)) {
        long length = lengths != null && lengths.advanceExact(d) ? lengths.longValue() : 1;
        documents[size] = leaf.docBase + d;
        scores[size++] = scorer.score(postings.freq(), length);
      }
    }
    return size;
  }
}
