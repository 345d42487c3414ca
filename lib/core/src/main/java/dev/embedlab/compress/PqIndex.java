package dev.embedlab.compress;

import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.Checks;
import dev.embedlab.vector.Hits;
import dev.embedlab.vector.TopK;
import dev.embedlab.vector.VectorIndex;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Compares a query with every code by looking up what each byte adds to the score. For cosine,
 * encode vectors of unit length: the score is the dot product with what the code stands for.
 */
final class PqIndex implements VectorIndex {

  private final ProductQuantizer quantizer;
  private final Similarity similarity;
  private final int size;
  private final byte[] codes;

  PqIndex(ProductQuantizer quantizer, Codes codes, Similarity similarity) {
    if (similarity == Similarity.MANHATTAN) {
      throw new IllegalArgumentException(
          "Product quantization does not know Manhattan distances: use cosine, dot or Euclidean.");
    }
    if (codes.size() == 0) {
      throw new IllegalArgumentException("There is no code: give at least one.");
    }
    this.quantizer = quantizer;
    this.similarity = similarity;
    this.size = codes.size();
    this.codes = codes.data().toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public String name() {
    return quantizer.name();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int dimension() {
    return quantizer.dimension();
  }

  @Override
  public Similarity similarity() {
    return similarity;
  }

  @Override
  public long bytes() {
    return codes.length;
  }

  @Override
  public Hits search(float[][] queries, int k, IntPredicate filter) {
    Checks.vectors(queries, dimension(), "Query");
    TopK[] best = new TopK[queries.length];
    Arrays.setAll(best, q -> new TopK(Math.min(k, size)));
    IntStream.range(0, queries.length).parallel().forEach(q -> scan(queries[q], filter, best[q]));
    return Hits.of(best);
  }

  private void scan(float[] query, IntPredicate filter, TopK best) {
    boolean euclidean = similarity == Similarity.EUCLIDEAN;
    float[] unit = similarity == Similarity.COSINE ? Truncation.normalize(query.clone()) : query;
    float[] table = quantizer.table(unit, euclidean);
    int m = quantizer.bytesPerVector();
    for (int n = 0; n < size; n++) {
      float sum = PqTables.sum(table, codes, n * m, m);
      float score = euclidean ? -(float) Math.sqrt(sum) : sum;
      if (score >= best.threshold() && filter.test(n)) {
        best.offer(score, n);
      }
    }
  }
}
