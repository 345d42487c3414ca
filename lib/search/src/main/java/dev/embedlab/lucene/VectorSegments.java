package dev.embedlab.lucene;

import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.Checks;
import dev.embedlab.vector.Similarities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;

/** The Lucene side of {@link HnswIndex}: documents that are one vector and its position. */
final class VectorSegments implements AutoCloseable {

  static final String VECTOR = "vector";
  private static final String POSITION = "position";
  private static final String PREFIX = "embedlab.";
  private static final String FINGERPRINT = PREFIX + "fingerprint";
  private static final int LARGEST = KnnVectorsFormat.DEFAULT_MAX_DIMENSIONS;

  static {
    Quiet.please();
  }

  private final Directory directory;
  private final Similarity similarity;
  private final HnswOptions options;
  private final String fingerprint;
  private final int dimension;
  private int next;
  private final Snapshots<Snapshot> snapshots;

  /** A new index. */
  private VectorSegments(
      Directory directory,
      String fingerprint,
      float[][] vectors,
      Similarity similarity,
      HnswOptions options)
      throws IOException {
    this.directory = directory;
    this.similarity = similarity;
    this.options = options;
    this.fingerprint = fingerprint;
    this.dimension = vectors[0].length;
    try (IndexWriter writer = GraphWriter.open(directory, options)) {
      addAll(writer, vectors);
      writer.forceMerge(1);
      commit(writer);
    }
    this.snapshots = Snapshots.of(directory, Snapshot::of);
  }

  /** An index that exists. */
  private VectorSegments(Snapshots<Snapshot> snapshots, Map<String, String> facts) {
    this.snapshots = snapshots;
    this.directory = snapshots.directory();
    this.options =
        new HnswOptions(
            Integer.parseInt(facts.get(PREFIX + "m")),
            Integer.parseInt(facts.get(PREFIX + "efConstruction")),
            100,
            HnswOptions.Quantization.valueOf(facts.get(PREFIX + "quantization")));
    this.similarity = Similarity.valueOf(facts.get(PREFIX + "similarity"));
    this.fingerprint = facts.get(FINGERPRINT);
    this.dimension = Integer.parseInt(facts.get(PREFIX + "dimension"));
    this.next = Integer.parseInt(facts.get(PREFIX + "next"));
  }

  static VectorSegments inMemory(float[][] vectors, Similarity similarity, HnswOptions options)
      throws IOException {
    check(vectors, similarity);
    return new VectorSegments(TemporaryDirectory.create(), "", vectors, similarity, options);
  }

  static VectorSegments create(
      Path folder,
      String fingerprint,
      float[][] vectors,
      Similarity similarity,
      HnswOptions options)
      throws IOException {
    check(vectors, similarity);
    return new VectorSegments(
        Snapshots.newFolder(folder), fingerprint, vectors, similarity, options);
  }

  private static void check(float[][] vectors, Similarity similarity) {
    int dim = Checks.vectors(vectors, "Vector");
    if (similarity == Similarity.MANHATTAN) {
      throw new IllegalArgumentException(
          "HNSW does not know Manhattan distances: use cosine, dot or Euclidean.");
    }
    if (dim > LARGEST) {
      throw new IllegalArgumentException(
          "HNSW takes %d dimensions at most, but these are %d: reduce them first."
              .formatted(LARGEST, dim));
    }
  }

  static VectorSegments open(Path folder, String fingerprint) throws IOException {
    try {
      Snapshots<Snapshot> snapshots = Snapshots.open(folder, Snapshot::of);
      try {
        return new VectorSegments(snapshots, snapshots.use(s -> facts(s, fingerprint)));
      } catch (RuntimeException e) {
        snapshots.close();
        throw e;
      }
    } catch (UncheckedIOException e) {
      throw unusable(folder, e.getCause());
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(folder, e);
    }
  }

  private static Map<String, String> facts(Snapshot snapshot, String fingerprint)
      throws IOException {
    Map<String, String> facts = snapshot.reader().getIndexCommit().getUserData();
    String found = facts.get(FINGERPRINT);
    if (found == null) {
      throw new IOException("it was written by another program");
    }
    if (!found.equals(fingerprint)) {
      throw new IOException(
          "it holds vectors of '%s', but '%s' is asked for".formatted(found, fingerprint));
    }
    return facts;
  }

  private static IOException unusable(Path folder, Exception cause) {
    return new IOException(
        "%s holds no HNSW index that can be used (%s): build it again."
            .formatted(folder, cause.getMessage()),
        cause);
  }

  synchronized int add(float[][] vectors) throws IOException {
    Checks.vectors(vectors, dimension, "Vector");
    int first = next;
    try (IndexWriter writer = GraphWriter.open(directory, options)) {
      addAll(writer, vectors);
      commit(writer);
    }
    snapshots.maybeRefreshBlocking();
    return first;
  }

  synchronized void delete(Collection<Integer> positions) throws IOException {
    try (IndexWriter writer = GraphWriter.open(directory, options)) {
      for (int position : positions) {
        writer.deleteDocuments(new Term(POSITION, Integer.toString(position)));
      }
      commit(writer);
    }
    snapshots.maybeRefreshBlocking();
  }

  private void addAll(IndexWriter writer, float[][] vectors) throws IOException {
    for (float[] vector : vectors) {
      // Lucene's own cosine divides for every comparison; unit vectors make it a dot product.
      float[] kept = Similarities.prepare(similarity, vector);
      writer.addDocument(
          List.<Field>of(
              new StringField(POSITION, Integer.toString(next), Field.Store.NO),
              new NumericDocValuesField(POSITION, next),
              new KnnFloatVectorField(VECTOR, kept, function())));
      next++;
    }
  }

  private VectorSimilarityFunction function() {
    return switch (similarity) {
      case COSINE -> VectorSimilarityFunction.DOT_PRODUCT;
      case DOT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
      default -> VectorSimilarityFunction.EUCLIDEAN;
    };
  }

  private void commit(IndexWriter writer) throws IOException {
    Map<String, String> facts = new HashMap<>();
    facts.put(FINGERPRINT, fingerprint);
    facts.put(PREFIX + "similarity", similarity.name());
    facts.put(PREFIX + "dimension", Integer.toString(dimension));
    facts.put(PREFIX + "next", Integer.toString(next));
    facts.put(PREFIX + "m", Integer.toString(options.m()));
    facts.put(PREFIX + "efConstruction", Integer.toString(options.efConstruction()));
    facts.put(PREFIX + "quantization", options.quantization().name());
    writer.setLiveCommitData(facts.entrySet());
    writer.commit();
  }

  Similarity similarity() {
    return similarity;
  }

  HnswOptions options() {
    return options;
  }

  int dimension() {
    return dimension;
  }

  Snapshots<Snapshot> snapshots() {
    return snapshots;
  }

  @Override
  public void close() throws IOException {
    snapshots.close();
  }

  /**
   * The state of the index at one time.
   *
   * @param positions of every document, -1 where it was deleted
   */
  record Snapshot(DirectoryReader reader, int[] positions) implements Snapshots.Snapshot {

    static Snapshot of(DirectoryReader reader) throws IOException {
      int[] positions = new int[reader.maxDoc()];
      Arrays.fill(positions, -1);
      for (LeafReaderContext leaf : reader.leaves()) {
        NumericDocValues values = leaf.reader().getNumericDocValues(POSITION);
        var live = leaf.reader().getLiveDocs();
        for (int i = 0; i < leaf.reader().maxDoc(); i++) {
          if (values.advanceExact(i) && (live == null || live.get(i))) {
            positions[leaf.docBase + i] = Math.toIntExact(values.longValue());
          }
        }
      }
      return new Snapshot(reader, positions);
    }

    int size() {
      return reader.numDocs();
    }
  }
}
