package dev.embedlab.index;

import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.Checks;
import dev.embedlab.vector.Hits;
import dev.embedlab.vector.Similarities;
import dev.embedlab.vector.TopK;
import dev.embedlab.vector.VectorIndex;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Asks a cheap index for more hits than wanted and ranks those again with better vectors: what
 * makes binary and product-quantized vectors usable (Yamada et al. 2021 for bits and floats).
 */
public final class RescoredIndex implements VectorIndex {

  private final VectorIndex first;
  private final IntFunction<float[]> vectors;
  private final int bytesPerVector;
  private final Similarity similarity;
  private final int oversampling;

  /**
   * @param first the cheap index
   * @param vectors gives the better vector of a position, {@code [dim]}; called by several threads
   * @param bytesPerVector what a better vector takes, on disk perhaps
   * @param similarity of the second stage
   * @param oversampling the first stage is asked for this many times k, 1 or more; 4 is usual
   */
  public RescoredIndex(
      VectorIndex first,
      IntFunction<float[]> vectors,
      int bytesPerVector,
      Similarity similarity,
      int oversampling) {
    if (oversampling < 1) {
      throw new IllegalArgumentException(
          "oversampling must be 1 or more, but is %d.".formatted(oversampling));
    }
    this.first = first;
    this.vectors = vectors;
    this.bytesPerVector = bytesPerVector;
    this.similarity = similarity;
    this.oversampling = oversampling;
  }

  @Override
  public String name() {
    return "%s rescored x%d".formatted(first.name(), oversampling);
  }

  @Override
  public int size() {
    return first.size();
  }

  @Override
  public int dimension() {
    return first.dimension();
  }

  @Override
  public Similarity similarity() {
    return similarity;
  }

  @Override
  public long bytes() {
    return first.bytes() + (long) size() * bytesPerVector;
  }

  @Override
  public Hits search(float[][] queries, int k, IntPredicate filter) {
    Checks.vectors(queries, dimension(), "Query");
    Hits candidates =
        first.search(queries, (int) Math.min(size(), (long) k * oversampling), filter);
    TopK[] best = new TopK[queries.length];
    Arrays.setAll(best, q -> new TopK(Math.min(k, size())));
    IntStream.range(0, queries.length)
        .parallel()
        .forEach(q -> rescore(queries[q], candidates.positions()[q], best[q]));
    return Hits.of(best);
  }

  private void rescore(float[] query, int[] candidates, TopK best) {
    float[] prepared = Similarities.prepare(similarity, query);
    for (int position : candidates) {
      best.offer(Similarities.score(similarity, prepared, vectors.apply(position)), position);
    }
  }

  @Override
  public void close() {
    first.close();
  }
}
