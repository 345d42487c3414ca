package dev.embedlab.lucene;

import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.Checks;
import dev.embedlab.vector.Hits;
import dev.embedlab.vector.Similarities;
import dev.embedlab.vector.TopK;
import dev.embedlab.vector.VectorIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.util.Bits;

/**
 * Hierarchical navigable small world graph, by Lucene. What the graph finds is scored again with
 * the full vectors, so scores are exact; what it misses is the price. Searches that must look at
 * about everything (few vectors, a narrow filter, a large k) leave the graph aside.
 */
public final class HnswIndex implements VectorIndex {

  /** Larger than any relative difference between two ways to add up a similarity. */
  private static final float ROUNDING = 1e-4f;

  private final HnswOptions options;
  private final VectorSegments segments;

  private HnswIndex(HnswOptions options, VectorSegments segments) {
    this.options = options;
    this.segments = segments;
  }

  /**
   * Builds a graph in mapped temporary files, deleted when it is closed or the JVM ends; the same
   * vectors give the same graph.
   *
   * @param vectors {@code [n][dim]}, dim at most 1,024
   * @param similarity any but Manhattan
   */
  public static HnswIndex build(float[][] vectors, Similarity similarity, HnswOptions options) {
    try {
      return new HnswIndex(options, VectorSegments.inMemory(vectors, similarity, options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Builds a graph in a folder.
   *
   * @param folder created if need be; must hold no index yet
   * @param fingerprint says which model and data the vectors are of; asked for again on opening
   */
  public static HnswIndex create(
      Path folder,
      String fingerprint,
      float[][] vectors,
      Similarity similarity,
      HnswOptions options)
      throws IOException {
    return new HnswIndex(
        options, VectorSegments.create(folder, fingerprint, vectors, similarity, options));
  }

  /**
   * Opens a graph; vectors stay on disk, mapped. Several processes may have it open.
   *
   * @param fingerprint given when it was created
   * @throws IOException if there is no graph, it is damaged, or it has another fingerprint
   */
  public static HnswIndex open(Path folder, String fingerprint, int efSearch) throws IOException {
    VectorSegments segments = VectorSegments.open(folder, fingerprint);
    return new HnswIndex(segments.options().withEfSearch(efSearch), segments);
  }

  /** The same graph with another efSearch; nothing is copied, and closing either closes both. */
  public HnswIndex withEfSearch(int efSearch) {
    return new HnswIndex(options.withEfSearch(efSearch), segments);
  }

  /**
   * Adds vectors; they get the positions that follow the last one given.
   *
   * @return the position of the first
   */
  public int add(float[][] vectors) throws IOException {
    return segments.add(vectors);
  }

  /** Takes vectors out; their positions are not given again. */
  public void delete(Collection<Integer> positions) throws IOException {
    segments.delete(positions);
  }

  @Override
  public String name() {
    String kind =
        options.quantization() == HnswOptions.Quantization.NONE
            ? ""
            : "," + options.quantization().name().toLowerCase(java.util.Locale.ROOT);
    return "HNSW%d%s ef=%d".formatted(options.m(), kind, options.efSearch());
  }

  public HnswOptions options() {
    return options;
  }

  @Override
  public int size() {
    return segments.snapshots().use(VectorSegments.Snapshot::size);
  }

  @Override
  public int dimension() {
    return segments.dimension();
  }

  @Override
  public Similarity similarity() {
    return segments.similarity();
  }

  @Override
  public long bytes() {
    return segments.snapshots().bytes();
  }

  @Override
  public Hits search(float[][] queries, int k, IntPredicate filter) {
    Checks.vectors(queries, dimension(), "Query");
    return segments.snapshots().use(snapshot -> search(snapshot, queries, k, filter));
  }

  private Hits search(
      VectorSegments.Snapshot snapshot, float[][] queries, int k, IntPredicate filter) {
    int candidates = Math.max(k, options.efSearch());
    boolean exact = passing(snapshot, filter) <= candidates;
    TopK[] best = new TopK[queries.length];
    Arrays.setAll(best, q -> new TopK(k < 1 ? k : Math.clamp(snapshot.size(), 1, k)));
    IntStream.range(0, queries.length)
        .parallel()
        .forEach(q -> search(snapshot, queries[q], k, candidates, exact, filter, best[q]));
    return Hits.of(best);
  }

  private static int passing(VectorSegments.Snapshot snapshot, IntPredicate filter) {
    if (filter == ALL) {
      return snapshot.size();
    }
    return (int) Arrays.stream(snapshot.positions()).filter(p -> p >= 0 && filter.test(p)).count();
  }

  private void search(
      VectorSegments.Snapshot snapshot,
      float[] query,
      int k,
      int candidates,
      boolean exact,
      IntPredicate filter,
      TopK best) {
    float[] prepared = Similarities.prepare(similarity(), query);
    try {
      for (LeafReaderContext leaf : snapshot.reader().leaves()) {
        Bits accepted = accepted(snapshot, leaf, filter);
        FloatVectorValues vectors = leaf.reader().getFloatVectorValues(VectorSegments.VECTOR);
        if (exact) {
          for (int i = 0; i < leaf.reader().maxDoc(); i++) {
            if (accepted.get(i)) {
              offer(snapshot, leaf, prepared, vectors, i, best);
            }
          }
        } else {
          TopKnnCollector collector = new TopKnnCollector(candidates, Integer.MAX_VALUE);
          var documents =
              AcceptDocs.fromLiveDocs(
                  filter == ALL ? leaf.reader().getLiveDocs() : accepted, leaf.reader().maxDoc());
          leaf.reader().searchNearestVectors(VectorSegments.VECTOR, prepared, collector, documents);
          ScoreDoc[] hits = collector.topDocs().scoreDocs;
          for (int i = 0; i < worthScoring(hits, k); i++) {
            offer(snapshot, leaf, prepared, vectors, hits[i].doc, best);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How many hits may be among the k best once they are scored exactly. Without quantization
   * Lucene's scores are off by rounding only.
   */
  private int worthScoring(ScoreDoc[] hits, int k) {
    if (hits.length <= k || options.quantization() != HnswOptions.Quantization.NONE) {
      return hits.length;
    }
    float least = hits[k - 1].score * (1 - ROUNDING);
    int count = k;
    while (count < hits.length && hits[count].score >= least) {
      count++;
    }
    return count;
  }

  /** Every document has a vector, so the number of a document in its segment is its ordinal. */
  private void offer(
      VectorSegments.Snapshot snapshot,
      LeafReaderContext leaf,
      float[] query,
      FloatVectorValues vectors,
      int document,
      TopK best)
      throws IOException {
    float score = Similarities.score(similarity(), query, vectors.vectorValue(document));
    best.offer(score, snapshot.positions()[leaf.docBase + document]);
  }

  private static Bits accepted(
      VectorSegments.Snapshot snapshot, LeafReaderContext leaf, IntPredicate filter) {
    return new Bits() {
      @Override
      public boolean get(int document) {
        int position = snapshot.positions()[leaf.docBase + document];
        return position >= 0 && filter.test(position);
      }

      @Override
      public int length() {
        return leaf.reader().maxDoc();
      }
    };
  }

  @Override
  public void close() {
    try {
      segments.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
