package dev.embedlab.bench;

import dev.embedlab.compress.CompressedVectors;
import dev.embedlab.compress.Covariance;
import dev.embedlab.compress.ElementCodec;
import dev.embedlab.compress.Int8Codec;
import dev.embedlab.compress.Pca;
import dev.embedlab.data.Corpus;
import dev.embedlab.data.Datasets;
import dev.embedlab.data.Queries;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.encode.Similarity;
import dev.embedlab.index.IvfIndex;
import dev.embedlab.index.IvfOptions;
import dev.embedlab.lucene.Bm25;
import dev.embedlab.lucene.HnswIndex;
import dev.embedlab.lucene.HnswOptions;
import dev.embedlab.vector.ElementType;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.VectorIndex;
import dev.embedlab.vector.VectorMatrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The Java side of {@code search_speed.py}: told on standard input what to do, it answers with
 * numbers, so that the script can run both sides in alternation.
 */
public final class SearchSpeed {

  private static final int K = 10;

  private final Path folder;
  private final int dim;
  private final Map<String, VectorIndex> indexes = new HashMap<>();
  private final Map<String, Double> buildSeconds = new HashMap<>();
  private float[][] queries;
  private int[][] truth;

  private SearchSpeed(Path folder, int dim) {
    this.folder = folder;
    this.dim = dim;
  }

  /**
   * @param args folder with {@code base.f32} and {@code queries.f32}, dimension
   */
  public static void main(String[] args) throws IOException {
    SearchSpeed speed = new SearchSpeed(Path.of(args[0]), Integer.parseInt(args[1]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println("ANSWER " + speed.answer(line.split(" ")));
    }
  }

  private String answer(String[] words) throws IOException {
    return switch (words[0]) {
      case "build" -> "%.3f".formatted(build(words[1]));
      case "batch" -> "%.3f".formatted(batch(words[1], setting(words)));
      case "single" -> single(words[1], setting(words));
      case "recall" -> "%.4f".formatted(recall(words[1], setting(words)));
      case "pca" -> "%.3f".formatted(pca(Integer.parseInt(words[1])));
      case "bm25" -> bm25(words[1]);
      case "drop" -> drop(words[1]);
      default -> throw new IllegalArgumentException("Unknown: " + words[0]);
    };
  }

  private static int setting(String[] words) {
    return words.length > 2 ? Integer.parseInt(words[2]) : 0;
  }

  private float[][] read(String file) throws IOException {
    return map(file, dim).toArray();
  }

  private VectorMatrix map(String file, int columns) throws IOException {
    Path path = folder.resolve(file);
    int rows = Math.toIntExact(java.nio.file.Files.size(path) / columns / Float.BYTES);
    return VectorMatrix.map(path, 0, ElementType.FLOAT32, rows, columns, Arena.ofAuto());
  }

  private float[][] queries() throws IOException {
    if (queries == null) {
      queries = read("queries.f32");
    }
    return queries;
  }

  private double build(String name) throws IOException {
    float[][] base = read("base.f32");
    long start = System.nanoTime();
    VectorIndex index =
        switch (name) {
          case "flat" -> ExactIndex.of(base, Similarity.DOT);
          case "mapped" -> ExactIndex.over(map("base.f32", dim), Similarity.DOT);
          case "float16" -> element(ElementType.FLOAT16, base);
          case "binary" -> element(ElementType.BIT, base);
          case "int8" ->
              CompressedVectors.of(Int8Codec.calibrated(base), base).index(Similarity.DOT);
          case "ivf" -> IvfIndex.build(base, Similarity.DOT, IvfOptions.flat(316, 1));
          case "hnsw" ->
              HnswIndex.build(
                  base,
                  Similarity.DOT,
                  new HnswOptions(16, 100, 100, HnswOptions.Quantization.NONE));
          default -> throw new IllegalArgumentException("Unknown: " + name);
        };
    indexes.put(name, index);
    buildSeconds.put(name, (System.nanoTime() - start) / 1e9);
    return buildSeconds.get(name);
  }

  private VectorIndex element(ElementType type, float[][] base) {
    return CompressedVectors.of(new ElementCodec(type, dim), base).index(Similarity.DOT);
  }

  private String drop(String name) {
    Optional.ofNullable(indexes.remove(name)).ifPresent(VectorIndex::close);
    return "0";
  }

  private VectorIndex index(String name, int setting) {
    return switch (indexes.get(name)) {
      case IvfIndex ivf when setting > 0 -> ivf.withProbes(setting);
      case HnswIndex hnsw when setting > 0 -> hnsw.withEfSearch(setting);
      case VectorIndex other -> other;
    };
  }

  /** Milliseconds for all queries at once. */
  private double batch(String name, int setting) throws IOException {
    float[][] all = queries();
    VectorIndex index = index(name, setting);
    long start = System.nanoTime();
    index.search(all, K);
    return (System.nanoTime() - start) / 1e6;
  }

  /** Median and 95th percentile of milliseconds for one query at a time. */
  private String single(String name, int setting) throws IOException {
    VectorIndex index = index(name, setting);
    float[][] all = queries();
    double[] times = new double[all.length];
    for (int q = 0; q < all.length; q++) {
      long start = System.nanoTime();
      index.search(new float[][] {all[q]}, K);
      times[q] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return "%.4f %.4f".formatted(times[times.length / 2], times[times.length * 95 / 100]);
  }

  private double recall(String name, int setting) throws IOException {
    float[][] all = queries();
    if (truth == null) {
      truth = ExactIndex.of(read("base.f32"), Similarity.DOT).search(all, K).positions();
    }
    int[][] found = index(name, setting).search(all, K).positions();
    long shared = 0;
    for (int q = 0; q < all.length; q++) {
      int[] expected = truth[q];
      shared +=
          Arrays.stream(found[q])
              .filter(p -> Arrays.stream(expected).anyMatch(e -> e == p))
              .count();
    }
    return (double) shared / K / all.length;
  }

  /** Seconds to fit and apply, batch by batch. */
  private double pca(int components) throws IOException {
    VectorMatrix wide = map("wide.f32", 1024);
    long start = System.nanoTime();
    Covariance covariance = new Covariance(1024);
    forEachBatch(wide, batch -> covariance.count() + add(covariance, batch));
    Pca pca = Pca.fit(covariance, components, false);
    forEachBatch(wide, batch -> pca.apply(batch).length);
    return (System.nanoTime() - start) / 1e9;
  }

  private static long add(Covariance covariance, float[][] batch) {
    covariance.add(batch);
    return batch.length;
  }

  private static void forEachBatch(VectorMatrix matrix, Function<float[][], Number> action) {
    int step = 8192;
    for (int from = 0; from < matrix.size(); from += step) {
      float[][] batch = new float[Math.min(step, matrix.size() - from)][];
      for (int row = 0; row < batch.length; row++) {
        batch[row] = matrix.row(from + row);
      }
      action.apply(batch);
    }
  }

  /** Seconds to index, to answer the test queries, top 10, and to answer them again. */
  private static String bm25(String dataset) throws IOException {
    RetrievalDataset data = Datasets.open(dataset);
    Corpus corpus = data.corpus();
    Queries test = data.queries("test");
    double[] times = new double[3];
    long start = System.nanoTime();
    try (Bm25 bm25 = Bm25.of(corpus)) {
      times[0] = (System.nanoTime() - start) / 1e9;
      for (int i = 1; i < times.length; i++) {
        start = System.nanoTime();
        bm25.retrieve(test, K);
        times[i] = (System.nanoTime() - start) / 1e9;
      }
    }
    return "%.4f %.4f %.4f".formatted(times[0], times[1], times[2]);
  }
}
