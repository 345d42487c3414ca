package dev.embedlab.index;

import dev.embedlab.compress.KMeans;
import dev.embedlab.compress.ProductQuantizer;
import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.Checks;
import dev.embedlab.vector.Hits;
import dev.embedlab.vector.Similarities;
import dev.embedlab.vector.TopK;
import dev.embedlab.vector.VectorIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Inverted file (Sivic and Zisserman 2003; with residual codes IVFADC, Jegou et al. 2011): k-means
 * cuts the space into cells, and a query looks only into the cells whose centroids are nearest.
 * With as many probes as lists and floats inside, hits are those of exact search to the bit. Add
 * and delete take effect for the next search; do neither while a search runs.
 */
public final class IvfIndex implements VectorIndex {

  private static final int ITERATIONS = 10;

  private final Similarity similarity;
  private final IvfOptions options;
  private final KMeans coarse;
  private final Cells cells;
  private final Placement placement;

  private IvfIndex(
      Similarity similarity, IvfOptions options, KMeans coarse, Cells cells, Placement placement) {
    this.similarity = similarity;
    this.options = options;
    this.coarse = coarse;
    this.cells = cells;
    this.placement = placement;
  }

  /**
   * Trains the cells on vectors and holds those vectors.
   *
   * @param vectors {@code [n][dim]}, at least as many as lists, and 256 if they are quantized
   */
  public static IvfIndex build(float[][] vectors, Similarity similarity, IvfOptions options) {
    IvfIndex index = train(vectors, similarity, options);
    index.add(vectors);
    return index;
  }

  /** Trains the cells and holds nothing yet. */
  public static IvfIndex train(float[][] vectors, Similarity similarity, IvfOptions options) {
    int dim = Checks.vectors(vectors, "Training vector");
    float[][] points = placed(vectors, similarity);
    KMeans coarse = KMeans.train(points, options.lists(), ITERATIONS, options.seed());
    Cells cells =
        options.pqBytes() == 0
            ? new FlatCells(options.lists(), dim, similarity)
            : new PqCells(quantizer(points, coarse, options), coarse.centroids(), similarity);
    return new IvfIndex(similarity, options, coarse, cells, new Placement());
  }

  private static ProductQuantizer quantizer(float[][] points, KMeans coarse, IvfOptions options) {
    int most = Math.min(points.length, 256 * ProductQuantizer.CENTROIDS);
    float[][] sample = Arrays.copyOf(points, most);
    int[] nearest = coarse.assign(sample);
    for (int n = 0; n < most; n++) {
      sample[n] = PqCells.residual(sample[n], coarse.centroids()[nearest[n]]);
    }
    return ProductQuantizer.train(sample, options.pqBytes(), options.seed());
  }

  /** Vectors as cells are cut: of unit length for cosine. */
  private static float[][] placed(float[][] vectors, Similarity similarity) {
    return Arrays.stream(vectors)
        .map(vector -> Similarities.prepare(similarity, vector))
        .toArray(float[][]::new);
  }

  /**
   * Adds vectors; they get the positions that follow the last one given.
   *
   * @return the position of the first
   */
  public int add(float[][] vectors) {
    Checks.vectors(vectors, dimension(), "Vector");
    float[][] points = placed(vectors, similarity);
    int[] nearest = coarse.assign(points);
    int first = placement.next();
    for (int n = 0; n < vectors.length; n++) {
      boolean codes = cells instanceof PqCells;
      cells.add(nearest[n], codes ? points[n] : vectors[n], placement.put(nearest[n]));
    }
    return first;
  }

  /**
   * Takes a vector out; its position is not given again.
   *
   * @return whether it was there
   */
  public boolean delete(int position) {
    int cell = placement.take(position);
    return cell >= 0 && cells.remove(cell, position);
  }

  /** The same index, visiting another number of cells; nothing is copied. */
  public IvfIndex withProbes(int probes) {
    IvfOptions changed = new IvfOptions(options.lists(), probes, options.pqBytes(), options.seed());
    return new IvfIndex(similarity, changed, coarse, cells, placement);
  }

  @Override
  public String name() {
    return "IVF%d,%s probes=%d"
        .formatted(
            options.lists(),
            cells instanceof PqCells pq ? pq.quantizer().name() : "flat",
            options.probes());
  }

  public IvfOptions options() {
    return options;
  }

  @Override
  public int size() {
    return placement.size();
  }

  @Override
  public int dimension() {
    return coarse.centroids()[0].length;
  }

  @Override
  public Similarity similarity() {
    return similarity;
  }

  @Override
  public long bytes() {
    return cells.bytes() + (long) options.lists() * dimension() * Float.BYTES;
  }

  @Override
  public Hits search(float[][] queries, int k, IntPredicate filter) {
    Checks.vectors(queries, dimension(), "Query");
    TopK[] best = new TopK[queries.length];
    Arrays.setAll(best, q -> new TopK(k < 1 ? k : Math.clamp(size(), 1, k)));
    float[][] prepared = placed(queries, similarity);
    int[][] nearest = coarse.nearest(prepared, options.probes(), dots());
    IntStream.range(0, queries.length)
        .parallel()
        .forEach(q -> cells.scan(nearest[q], prepared[q], filter, best[q]));
    return Hits.of(best);
  }

  /** Whether cells are ranked by dot product rather than by distance. */
  private boolean dots() {
    return similarity == Similarity.DOT || similarity == Similarity.COSINE;
  }

  /**
   * Writes the index to a file, replacing it as a whole.
   *
   * @param fingerprint says which model and data the vectors are of; asked for again on opening
   */
  public void save(Path file, String fingerprint) throws IOException {
    IvfFile.write(file, fingerprint, this);
  }

  /**
   * Reads an index.
   *
   * @param fingerprint given when it was saved
   * @throws IOException if the file is damaged, of another kind, or has another fingerprint
   */
  public static IvfIndex open(Path file, String fingerprint) throws IOException {
    return IvfFile.read(file, fingerprint);
  }

  static IvfIndex of(
      Similarity similarity, IvfOptions options, KMeans coarse, Cells cells, Placement placement) {
    return new IvfIndex(similarity, options, coarse, cells, placement);
  }

  KMeans coarse() {
    return coarse;
  }

  Cells cells() {
    return cells;
  }

  Placement placement() {
    return placement;
  }
}
