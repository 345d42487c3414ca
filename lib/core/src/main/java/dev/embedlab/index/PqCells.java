package dev.embedlab.index;

import dev.embedlab.compress.PqTables;
import dev.embedlab.compress.ProductQuantizer;
import dev.embedlab.encode.Similarity;
import dev.embedlab.store.BinaryReader;
import dev.embedlab.store.BinaryWriter;
import dev.embedlab.vector.TopK;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** Cells of product-quantized differences from the centroid of the cell. */
final class PqCells implements Cells {

  private final ProductQuantizer quantizer;
  private final float[][] centroids;
  private final Similarity similarity;
  private final byte[][] codes;
  private final int[][] positions;
  private final int[] sizes;

  PqCells(ProductQuantizer quantizer, float[][] centroids, Similarity similarity) {
    if (similarity == Similarity.MANHATTAN) {
      throw new IllegalArgumentException(
          "Product quantization does not know Manhattan distances: use cosine, dot or Euclidean.");
    }
    this.quantizer = quantizer;
    this.centroids = centroids;
    this.similarity = similarity;
    this.codes = new byte[centroids.length][0];
    this.positions = new int[centroids.length][0];
    this.sizes = new int[centroids.length];
  }

  ProductQuantizer quantizer() {
    return quantizer;
  }

  /** Vectors less their centroids, which is what the quantizer is trained on. */
  static float[] residual(float[] vector, float[] centroid) {
    float[] residual = new float[vector.length];
    for (int i = 0; i < residual.length; i++) {
      residual[i] = vector[i] - centroid[i];
    }
    return residual;
  }

  @Override
  public void add(int cell, float[] vector, int position) {
    float[][] residual = {residual(vector, centroids[cell])};
    append(cell, quantizer.encode(residual).row(0), position);
  }

  private void append(int cell, byte[] code, int position) {
    int m = quantizer.bytesPerVector();
    int size = sizes[cell]++;
    if (size == positions[cell].length) {
      int capacity = Math.max(8, size + size / 2);
      positions[cell] = Arrays.copyOf(positions[cell], capacity);
      codes[cell] = Arrays.copyOf(codes[cell], capacity * m);
    }
    positions[cell][size] = position;
    System.arraycopy(code, 0, codes[cell], size * m, m);
  }

  @Override
  public boolean remove(int cell, int position) {
    int m = quantizer.bytesPerVector();
    for (int place = 0; place < sizes[cell]; place++) {
      if (positions[cell][place] == position) {
        int last = --sizes[cell];
        positions[cell][place] = positions[cell][last];
        System.arraycopy(codes[cell], last * m, codes[cell], place * m, m);
        return true;
      }
    }
    return false;
  }

  @Override
  public void scan(int[] cells, float[] query, IntPredicate filter, TopK best) {
    boolean euclidean = similarity == Similarity.EUCLIDEAN;
    float[] table = euclidean ? new float[0] : quantizer.table(query, false);
    for (int cell : cells) {
      float[] local = euclidean ? quantizer.table(residual(query, centroids[cell]), true) : table;
      scan(cell, local, euclidean ? 0 : dot(query, centroids[cell]), filter, best);
    }
  }

  private void scan(int cell, float[] table, float base, IntPredicate filter, TopK best) {
    boolean euclidean = similarity == Similarity.EUCLIDEAN;
    int m = quantizer.bytesPerVector();
    for (int place = 0; place < sizes[cell]; place++) {
      float sum = PqTables.sum(table, codes[cell], place * m, m);
      float score = euclidean ? -(float) Math.sqrt(sum) : base + sum;
      if (score >= best.threshold() && filter.test(positions[cell][place])) {
        best.offer(score, positions[cell][place]);
      }
    }
  }

  private static float dot(float[] x, float[] y) {
    float sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  @Override
  public long bytes() {
    int each = quantizer.bytesPerVector() + Integer.BYTES;
    return Arrays.stream(sizes).mapToLong(size -> (long) size * each).sum();
  }

  @Override
  public void write(BinaryWriter out, int cell) {
    out.ints(positions(cell));
    out.bytes(Arrays.copyOf(codes[cell], sizes[cell] * quantizer.bytesPerVector()));
  }

  @Override
  public void read(BinaryReader in, int cell) {
    int m = quantizer.bytesPerVector();
    int[] found = in.ints();
    byte[] bytes = in.bytes(found.length * m);
    for (int i = 0; i < found.length; i++) {
      append(cell, Arrays.copyOfRange(bytes, i * m, (i + 1) * m), found[i]);
    }
  }

  @Override
  public int[] positions(int cell) {
    return Arrays.copyOf(positions[cell], sizes[cell]);
  }
}
