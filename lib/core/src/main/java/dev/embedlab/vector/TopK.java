package dev.embedlab.vector;

import java.util.Arrays;

/**
 * Keeps the k best of the offered (score, position) pairs. Each pair is one long whose natural
 * order is "better": the score's bits made sortable above the complemented position, so that of two
 * equal scores the lower position wins, in whatever order they come.
 */
public final class TopK {

  private final long[] heap;
  private int size;
  private float threshold = Float.NEGATIVE_INFINITY;

  /**
   * @param k most pairs kept, at least 1
   */
  public TopK(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, but is %d.".formatted(k));
    }
    heap = new long[k];
  }

  /** A score below this one cannot enter; {@code -Infinity} until k pairs are held. */
  public float threshold() {
    return threshold;
  }

  /** Takes the pair if it is among the best k so far. */
  public void offer(float score, int position) {
    if (size == heap.length) {
      long key = key(score, position);
      if (key > heap[0]) {
        heap[0] = key;
        siftDown(size);
        threshold = score(heap[0]);
      }
    } else {
      heap[size] = key(score, position);
      siftUp(size++);
      if (size == heap.length) {
        threshold = score(heap[0]);
      }
    }
  }

  /** Takes over what another collector holds. */
  public void offerAll(TopK other) {
    for (int i = 0; i < other.size; i++) {
      offer(score(other.heap[i]), position(other.heap[i]));
    }
  }

  /** The keys held, best first; see {@link #score(long)} and {@link #position(long)}. */
  public long[] bestFirst() {
    long[] ascending = Arrays.copyOf(heap, size);
    Arrays.sort(ascending);
    for (int i = 0, j = size - 1; i < j; i++, j--) {
      long other = ascending[i];
      ascending[i] = ascending[j];
      ascending[j] = other;
    }
    return ascending;
  }

  /** The score in a key. */
  public static float score(long key) {
    int sortable = (int) (key >> 32);
    return Float.intBitsToFloat(sortable ^ ((sortable >> 31) & 0x7fffffff));
  }

  /** The position in a key. */
  public static int position(long key) {
    return ~(int) key;
  }

  private static long key(float score, int position) {
    int bits = Float.floatToRawIntBits(score + 0f); // + 0f: -0 and 0 are the same score
    int sortable = bits ^ ((bits >> 31) & 0x7fffffff);
    return ((long) sortable << 32) | (~position & 0xffffffffL);
  }

  private void siftUp(int child) {
    long key = heap[child];
    while (child > 0) {
      int parent = (child - 1) >>> 1;
      if (heap[parent] <= key) {
        break;
      }
      heap[child] = heap[parent];
      child = parent;
    }
    heap[child] = key;
  }

  private void siftDown(int length) {
    long key = heap[0];
    int parent = 0;
    int child = 1;
    while (child < length) {
      if (child + 1 < length && heap[child + 1] < heap[child]) {
        child++;
      }
      if (key <= heap[child]) {
        break;
      }
      heap[parent] = heap[child];
      parent = child;
      child = 2 * parent + 1;
    }
    heap[parent] = key;
  }
}
