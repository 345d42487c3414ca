package dev.embedlab.vector;

/** Blocks read from a matrix and packed anew for every search: takes no memory of its own. */
final class RowBlocks extends BlockSource {

  private final VectorMatrix matrix;

  RowBlocks(VectorMatrix matrix) {
    super(matrix.size(), matrix.dimension());
    if (matrix.size() == 0) {
      throw new IllegalArgumentException("There is no vector: give at least one.");
    }
    this.matrix = matrix;
    float[] rows = new float[BLOCK * matrix.dimension()];
    for (int b = 0; b < blocks(); b++) {
      matrix.read(b * BLOCK, sizeOf(b), rows);
      for (int i = 0; i < sizeOf(b); i++) {
        int at = i * matrix.dimension();
        divisors()[b * BLOCK + i] = Packing.divisor(rows, at, matrix.dimension());
        Checks.row(rows, at, matrix.dimension(), "Vector", b * BLOCK + i);
      }
    }
  }

  @Override
  long bytes() {
    return matrix.bytes();
  }

  @Override
  void score(
      Kernel kernel,
      Kernel.Metric metric,
      int number,
      float[] queries,
      float[] scratch,
      float[] scores) {
    int dim = matrix.dimension();
    int lanes = kernel.lanes();
    float[] rows = new float[lanes * dim]; // one group at a time stays in the first cache
    for (int from = 0; from < sizeOf(number); from += lanes) {
      matrix.read(number * BLOCK + from, Math.min(lanes, sizeOf(number) - from), rows);
      kernel.pack(rows, dim, scratch, from * dim);
    }
    int groups = Math.ceilDiv(sizeOf(number), lanes);
    kernel.score(metric, scratch, groups, dim, queries, scores);
  }
}
