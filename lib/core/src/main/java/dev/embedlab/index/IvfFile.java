package dev.embedlab.index;

import dev.embedlab.compress.KMeans;
import dev.embedlab.compress.ProductQuantizer;
import dev.embedlab.encode.Similarity;
import dev.embedlab.store.BinaryReader;
import dev.embedlab.store.BinaryWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Inverted files on disk: options, centroids, quantizer if there is one, then cell by cell. */
final class IvfFile {

  private static final String KIND = "ivf 1";

  private IvfFile() {}

  static void write(Path file, String fingerprint, IvfIndex index) throws IOException {
    BinaryWriter.write(file, KIND, fingerprint, out -> write(out, index));
  }

  private static void write(BinaryWriter out, IvfIndex index) {
    IvfOptions options = index.options();
    out.string(index.similarity().name());
    out.integer(index.dimension());
    out.integer(options.lists());
    out.integer(options.probes());
    out.integer(options.pqBytes());
    out.longs(options.seed());
    out.integer(index.placement().next());
    out.matrix(index.coarse().centroids());
    if (index.cells() instanceof PqCells pq) {
      for (float[][] part : pq.quantizer().centroids()) {
        out.matrix(part);
      }
    }
    for (int cell = 0; cell < options.lists(); cell++) {
      index.cells().write(out, cell);
    }
  }

  static IvfIndex read(Path file, String fingerprint) throws IOException {
    return BinaryReader.read(file, KIND, fingerprint, IvfFile::read);
  }

  private static IvfIndex read(BinaryReader in) {
    Similarity similarity = Similarity.valueOf(in.string());
    int dim = in.integer();
    IvfOptions options = new IvfOptions(in.integer(), in.integer(), in.integer(), in.longs());
    int next = in.integer();
    float[][] centroids = in.matrix(options.lists(), dim);
    Cells cells =
        options.pqBytes() == 0
            ? new FlatCells(options.lists(), dim, similarity)
            : new PqCells(quantizer(in, options.pqBytes(), dim), centroids, similarity);
    int[][] positions = new int[options.lists()][];
    for (int cell = 0; cell < options.lists(); cell++) {
      cells.read(in, cell);
      positions[cell] = cells.positions(cell);
    }
    return IvfIndex.of(
        similarity, options, KMeans.of(centroids), cells, Placement.of(positions, next));
  }

  private static ProductQuantizer quantizer(BinaryReader in, int m, int dim) {
    float[][][] parts = new float[m][][];
    for (int part = 0; part < m; part++) {
      parts[part] = in.matrix(ProductQuantizer.CENTROIDS, dim / m);
    }
    return ProductQuantizer.of(parts, Optional.empty());
  }
}
