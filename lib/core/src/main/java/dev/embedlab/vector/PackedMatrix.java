package dev.embedlab.vector;

import java.util.stream.IntStream;

/** A matrix ready to be multiplied with many vectors on all cores. */
public final class PackedMatrix {

  private static final int BATCH = 48;

  private final int rows;
  private final int columns;
  private final int groups;
  private final Kernel kernel = Kernel.best();
  private final float[] block;

  /**
   * @param matrix {@code [rows][columns]}, copied
   */
  public PackedMatrix(float[][] matrix) {
    rows = matrix.length;
    columns = Checks.vectors(matrix, "Row");
    groups = Math.ceilDiv(rows, kernel.lanes());
    block = new float[groups * kernel.lanes() * columns];
    for (int row = 0; row < rows; row++) {
      Packing.put(matrix[row], 0, columns, block, row, kernel.lanes());
    }
  }

  /**
   * The dot products of every vector with every row.
   *
   * @param vectors {@code [n][columns]}
   * @return {@code [n][rows]}
   */
  public float[][] multiply(float[][] vectors) {
    float[][] products = new float[vectors.length][];
    IntStream.range(0, Math.ceilDiv(vectors.length, BATCH))
        .parallel()
        .forEach(batch -> multiply(vectors, batch * BATCH, products));
    return products;
  }

  private void multiply(float[][] vectors, int from, float[][] products) {
    int count = Math.min(BATCH, vectors.length - from);
    int width = groups * kernel.lanes();
    float[] flat = new float[count * columns];
    for (int i = 0; i < count; i++) {
      Checks.vector(vectors[from + i], columns, "Vector", from + i);
      System.arraycopy(vectors[from + i], 0, flat, i * columns, columns);
    }
    float[] sums = new float[count * width];
    kernel.score(Kernel.Metric.DOT, block, groups, columns, flat, sums);
    for (int i = 0; i < count; i++) {
      products[from + i] = java.util.Arrays.copyOfRange(sums, i * width, i * width + rows);
    }
  }

  /**
   * For every vector the row with the largest dot product less a penalty; the lower row of two
   * equal ones. Faster than {@link #multiply} for vectors of a few dimensions.
   *
   * @param vectors {@code [n][columns]}
   * @param penalties {@code [rows]}
   */
  public int[] largest(float[][] vectors, float[] penalties) {
    float[] padded = new float[groups * kernel.lanes()];
    java.util.Arrays.fill(padded, Float.POSITIVE_INFINITY); // rows that are not there never win
    System.arraycopy(penalties, 0, padded, 0, rows);
    int[] largest = new int[vectors.length];
    int batch = 1024;
    IntStream.range(0, Math.ceilDiv(vectors.length, batch))
        .parallel()
        .forEach(
            b -> {
              for (int n = b * batch; n < Math.min(vectors.length, (b + 1) * batch); n++) {
                Checks.vector(vectors[n], columns, "Vector", n);
                largest[n] = kernel.largest(block, groups, columns, padded, vectors[n]);
              }
            });
    return largest;
  }
}
