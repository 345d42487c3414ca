package dev.embedlab.vector;

import dev.embedlab.encode.Similarity;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * A list of vectors that grows and shrinks, each with the position it has in a larger index. Not
 * safe for changing while it is scanned.
 */
public final class PackedList {

  private final int dim;
  private final Similarity similarity;
  private final Kernel kernel = Kernel.best();
  private int size;
  private float[] block = {};
  private float[] divisors = {};
  private int[] positions = {};

  public PackedList(int dim, Similarity similarity) {
    this.dim = dim;
    this.similarity = similarity;
  }

  public int size() {
    return size;
  }

  /** Position in the index of the vector at {@code place} in this list. */
  public int position(int place) {
    return positions[place];
  }

  /** The vector at {@code place} in this list, {@code [dim]}. */
  public float[] vector(int place) {
    float[] vector = new float[dim];
    int at = (place / kernel.lanes()) * dim * kernel.lanes() + place % kernel.lanes();
    for (int i = 0; i < dim; i++) {
      vector[i] = block[at + i * kernel.lanes()];
    }
    return vector;
  }

  /**
   * @param vector {@code [dim]}, copied
   */
  public void add(float[] vector, int position) {
    if (size == positions.length) {
      int capacity = Math.max(kernel.lanes(), groups(size + size / 2) * kernel.lanes());
      block = Arrays.copyOf(block, capacity * dim);
      divisors = Arrays.copyOf(divisors, capacity);
      positions = Arrays.copyOf(positions, capacity);
    }
    put(size++, vector, position);
  }

  /**
   * Takes out the vector of a position; the last one of the list takes its place.
   *
   * @return whether it was there
   */
  public boolean remove(int position) {
    for (int place = 0; place < size; place++) {
      if (positions[place] == position) {
        size--;
        put(place, vector(size), positions[size]);
        return true;
      }
    }
    return false;
  }

  /** Offers every vector that passes the filter; see {@link Similarities#prepare}. */
  public void scan(float[] query, IntPredicate filter, TopK best) {
    float[] scores = new float[groups(size) * kernel.lanes()];
    kernel.score(Kernel.Metric.of(similarity), block, groups(size), dim, query, scores);
    Similarities.finish(similarity, scores, 0, size, divisors, 0);
    int i = kernel.next(scores, 0, size, best.threshold());
    while (i < size) {
      if (filter.test(positions[i])) {
        best.offer(scores[i], positions[i]);
      }
      i = kernel.next(scores, i + 1, size, best.threshold());
    }
  }

  private void put(int place, float[] vector, int position) {
    Packing.put(vector, 0, dim, block, place, kernel.lanes());
    divisors[place] = Packing.divisor(vector, 0, dim);
    positions[place] = position;
  }

  private int groups(int count) {
    return Math.ceilDiv(count, kernel.lanes());
  }
}
